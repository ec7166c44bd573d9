import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LogSigner, LogVerifier } from './signing.ts';

/**
 * Returns a signer whose key is a file of this machine, made at its first use. It replaces KMS in local mode, without
 * real data.
 */
export function fileSigner(file: string): LogSigner {
  const key = keyOfFile(file);
  return { sign: async (text) => sign('sha256', Buffer.from(text), key).toString('base64url') };
}

export function fileVerifier(file: string): LogVerifier {
  return keyVerifier(createPublicKey(keyOfFile(file)));
}

export function keyVerifier(key: KeyObject): LogVerifier {
  return {
    verify: (text, signature) => verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url')),
  };
}

function keyOfFile(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const exists = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  }
  return createPrivateKey(readFileSync(file));
}
