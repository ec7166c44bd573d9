import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CodedError } from '../../errors.ts';

/** A key of 256 bits, with the version number that encrypted texts name. */
export interface DataKey {
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** An encrypted text as stored: base64url of nonce (12 bytes), ciphertext and tag (16 bytes). */
export interface Sealed {
  /** The version of the key. */
  readonly key: number;
  readonly text: string;
}

/** The place of a sealed text, which is the cipher's associated data: the text opens nowhere else. */
export interface Place {
  /** The table by its owner, not by its physical name, since a restored table has another name. */
  readonly table: 'talent' | 'personKeys';
  readonly pk: string;
  readonly sk: string;
  readonly field: string;
}

const ALGORITHM = 'aes-256-gcm';
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts a text with AES-256-GCM (NIST SP 800-38D) and a random nonce. */
export function seal(key: DataKey, place: Place, plain: Uint8Array | string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(place, key.version));
  const text = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
  const bytes = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return { key: key.version, text: bytes.toString('base64url') };
}

/**
 * Decrypts a sealed text.
 * @throws CodedError PERSONAL_DATA_UNAVAILABLE where the place, the key or the text differs; the error says nothing
 * about the text
 */
export function unseal(key: DataKey, place: Place, sealed: Sealed): Buffer {
  const bytes = Buffer.from(sealed.text, 'base64url');
  try {
    const decipher = createDecipheriv(ALGORITHM, key.bytes, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(associatedData(place, sealed.key));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw unavailable();
  }
}

/** Returns the error for data that can't be decrypted. It names neither the data nor the reason. */
export function unavailable(cause?: unknown): CodedError {
  const why = cause === undefined ? {} : { cause };
  return new CodedError('PERSONAL_DATA_UNAVAILABLE', 'These data cannot be read now.', why);
}

function associatedData({ table, pk, sk, field }: Place, version: number): Buffer {
  return Buffer.from(JSON.stringify([table, pk, sk, field, version]), 'utf8');
}
