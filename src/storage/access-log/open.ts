import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { kmsClient } from '../person-keys/kms-master-keys.ts';
import type { Anchors } from './anchors.ts';
import { fileSigner, fileVerifier } from './file-key.ts';
import { folderAnchors } from './folder-anchors.ts';
import { kmsSigner, kmsVerifier } from './kms-key.ts';
import { s3Anchors } from './s3-anchors.ts';
import type { LogSigner, LogVerifier } from './signing.ts';

type Settings = Pick<Config, 'mode' | 'region' | 'dataDir' | 'accessLogKey' | 'accessLogBucket'>;

/** Folder in DATA_DIR that replaces KMS and the bucket with object lock in local mode. */
const folderOf = ({ dataDir }: Settings) => join(dataDir, 'access-log');
const keyFile = (settings: Settings) => join(folderOf(settings), 'signing-key.pem');

/** Opens the signer of the access log: by KMS where a key is named, else by this machine's key. */
export async function openSigner(settings: Settings): Promise<LogSigner> {
  const { accessLogKey, region } = settings;
  if (accessLogKey !== undefined) return kmsSigner(await kmsClient(region), accessLogKey);
  return fileSigner(keyFile(onlyLocal(settings, 'ACCESS_LOG_KEY')));
}

export async function openVerifier(settings: Settings): Promise<LogVerifier> {
  const { accessLogKey, region } = settings;
  if (accessLogKey !== undefined) return kmsVerifier(await kmsClient(region), accessLogKey);
  return fileVerifier(keyFile(onlyLocal(settings, 'ACCESS_LOG_KEY')));
}

export async function openAnchors(settings: Settings): Promise<Anchors> {
  const { accessLogBucket, region } = settings;
  if (accessLogBucket === undefined)
    return folderAnchors(join(folderOf(onlyLocal(settings, 'ACCESS_LOG_BUCKET')), 'anchors'));
  const { S3Client } = await import('@aws-sdk/client-s3');
  return s3Anchors(new S3Client({ region, maxAttempts: 3 }), accessLogBucket);
}

function onlyLocal(settings: Settings, variable: string): Settings {
  if (settings.mode === 'local') return settings;
  throw new CodedError('CONFIGURATION', `${variable} must be set outside local mode.`);
}
