import { createHash, createPublicKey } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import { keyVerifier } from './file-key.ts';
import type { LogSigner, LogVerifier } from './signing.ts';

const KMS_TIMEOUT_MS = 5_000;
const within = () => ({ abortSignal: AbortSignal.timeout(KMS_TIMEOUT_MS) });

/** Returns a signer whose key is in KMS (`ECC_NIST_P256`, `SIGN_VERIFY`) and never leaves it. */
export function kmsSigner(client: KMSClient, keyId: string): LogSigner {
  return {
    async sign(text) {
      const { SignCommand } = await import('@aws-sdk/client-kms');
      const command = new SignCommand({
        KeyId: keyId,
        Message: createHash('sha256').update(text).digest(),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      const { Signature } = await client.send(command, within());
      if (!Signature) throw new Error('KMS answered without a signature');
      return Buffer.from(Signature).toString('base64url');
    },
  };
}

/** Returns a verifier with the public half of a KMS key. It takes one call to KMS in all. */
export async function kmsVerifier(client: KMSClient, keyId: string): Promise<LogVerifier> {
  const { GetPublicKeyCommand } = await import('@aws-sdk/client-kms');
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }), within());
  if (!PublicKey) throw new Error('KMS answered without a key');
  return keyVerifier(createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }));
}
