import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Writes a stream to an encrypted file, by AES-256-GCM: nonce, ciphertext, tag. The file is complete on disk, or
 * doesn't exist.
 * @param sha256 base64
 * @returns false where size or hash differ; then nothing is stored
 */
export async function writeSealedFile(
  path: string,
  key: Uint8Array,
  body: AsyncIterable<Uint8Array>,
  { size, sha256 }: { readonly size: number; readonly sha256: string },
): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  const hash = createHash('sha256');
  const handle = await open(unfinished, 'wx', 0o600);
  let bytes = 0;
  try {
    await handle.appendFile(nonce);
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > size) return false;
      hash.update(chunk);
      await handle.appendFile(cipher.update(chunk));
    }
    await handle.appendFile(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
    if (bytes !== size || hash.digest('base64') !== sha256) return false;
    await handle.sync();
    await rename(unfinished, path);
    return true;
  } finally {
    await handle.close();
    await rm(unfinished, { force: true });
  }
}

/** Reads an encrypted file; null where there is none. Throws where it was changed, or has another key. */
export async function readSealedFile(path: string, key: Uint8Array): Promise<Buffer | null> {
  const sealed = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!sealed) return null;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
