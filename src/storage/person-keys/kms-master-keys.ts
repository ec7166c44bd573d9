import type { KMSClient } from '@aws-sdk/client-kms';
import { CodedError } from '../../errors.ts';
import type { MasterKeys, ZoneKeyName } from './master-keys.ts';

/** Timeout of a call to KMS. Whole requests wait for it. */
const KMS_TIMEOUT_MS = 5_000;

/**
 * Returns master keys in KMS. A wrapped key's name is its encryption context: KMS opens it for nothing else, and its
 * log states it.
 * @param keyIds the KMS key's id, ARN or alias, by the zone's id
 * @param client loaded with the first key that is needed
 */
export function kmsMasterKeys(keyIds: Readonly<Record<string, string>>, client: () => Promise<KMSClient>): MasterKeys {
  let loaded: Promise<KMSClient> | undefined;
  const kms = () => {
    loaded ??= client();
    return loaded;
  };
  const keyOf = ({ zoneId }: ZoneKeyName) => {
    const KeyId = Object.hasOwn(keyIds, zoneId) ? keyIds[zoneId] : undefined;
    if (KeyId === undefined) throw new CodedError('CONFIGURATION', `MASTER_KEYS names no key for ${zoneId}.`);
    return KeyId;
  };
  return {
    has: (zoneId) => Object.hasOwn(keyIds, zoneId),
    async make(name) {
      const { GenerateDataKeyCommand } = await import('@aws-sdk/client-kms');
      const command = new GenerateDataKeyCommand({
        KeyId: keyOf(name),
        KeySpec: 'AES_256',
        EncryptionContext: contextOf(name),
      });
      const { Plaintext, CiphertextBlob } = await (await kms()).send(command, within());
      if (!Plaintext || !CiphertextBlob) throw new Error('KMS answered without a key');
      return { bytes: Plaintext, wrapped: Buffer.from(CiphertextBlob).toString('base64url') };
    },
    async unwrap(name, wrapped) {
      const { DecryptCommand } = await import('@aws-sdk/client-kms');
      const command = new DecryptCommand({
        KeyId: keyOf(name),
        CiphertextBlob: Buffer.from(wrapped, 'base64url'),
        EncryptionContext: contextOf(name),
      });
      const { Plaintext } = await (await kms()).send(command, within());
      if (!Plaintext) throw new Error('KMS answered without a key');
      return Plaintext;
    },
  };
}

const contextOf = ({ zoneId, use, version }: ZoneKeyName) => ({ zone: zoneId, use, version: String(version) });

const within = () => ({ abortSignal: AbortSignal.timeout(KMS_TIMEOUT_MS) });

/** Returns the KMS client of a region. */
export async function kmsClient(region: string): Promise<KMSClient> {
  const { KMSClient: Client } = await import('@aws-sdk/client-kms');
  return new Client({
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
}
