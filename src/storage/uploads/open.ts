import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type FolderHost, folderUploads } from './folder-uploads.ts';
import { s3Uploads } from './s3-uploads.ts';
import type { Uploads } from './uploads.ts';

type Settings = Pick<Config, 'mode' | 'region' | 'port' | 'dataDir' | 'uploadsBucket' | 'localMasterSecret'>;

/** The host's path for files. */
export const UPLOADS_PATH = '/uploads';

/** Opens the store of cases' files: the bucket of `UPLOADS_BUCKET`, else a folder of DATA_DIR. */
export function openUploads(settings: Settings): Uploads {
  const { uploadsBucket, region } = settings;
  if (uploadsBucket === undefined) return localUploads(settings);
  let client: Promise<import('@aws-sdk/client-s3').S3Client> | undefined;
  const open = async () => {
    const { S3Client } = await import('@aws-sdk/client-s3');
    const requestHandler = { connectionTimeout: 1_000, requestTimeout: 8_000, throwOnRequestTimeout: true };
    // A partial read would fail the check of the whole file's hash.
    return new S3Client({ region, maxAttempts: 3, requestHandler, responseChecksumValidation: 'WHEN_REQUIRED' });
  };
  return s3Uploads(() => (client ??= open()), uploadsBucket);
}

/** Opens the store in DATA_DIR, with the handlers of a local host. */
export function localUploads({
  mode,
  dataDir,
  port,
  localMasterSecret,
}: Pick<Settings, 'mode' | 'dataDir' | 'port' | 'localMasterSecret'>): Uploads & FolderHost {
  if (mode !== 'local') throw new CodedError('CONFIGURATION', 'UPLOADS_BUCKET must be set outside local mode.');
  if (localMasterSecret === undefined) {
    throw new CodedError('CONFIGURATION', 'This machine has no secret to encrypt files with.');
  }
  return folderUploads({
    folder: join(dataDir, 'uploads'),
    secret: localMasterSecret,
    url: `http://localhost:${port}${UPLOADS_PATH}`,
  });
}
