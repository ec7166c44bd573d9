import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import * as z from 'zod';
import { CodedError } from '../../errors.ts';

export const DEV_ALGORITHM = 'ES256';

const FILE = 'dev-issuer-key.json';
const privateKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

export interface DevKey {
  readonly id: string;
  readonly signing: Awaited<ReturnType<typeof importJWK>>;
  /** With `kid`, `alg` and `use`, in the form of a key set. */
  readonly public: JWK & { readonly kty: string };
}

/** Returns the key pair of a data folder, made at its first use, so that tokens survive restarts. */
export async function storedDevKey(dataDir: string): Promise<DevKey> {
  const { d, ...half } = readKey(dataDir);
  const id = await calculateJwkThumbprint(half);
  return {
    id,
    signing: await importJWK({ ...half, d }, DEV_ALGORITHM),
    public: { ...half, kid: id, alg: DEV_ALGORITHM, use: 'sig' },
  };
}

function readKey(dataDir: string): z.infer<typeof privateKey> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, FILE);
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  try {
    writeFileSync(file, JSON.stringify(made), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const exists = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  }
  try {
    return privateKey.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `${file} can't be read: remove it, and a new key is made.`, { cause });
  }
}
