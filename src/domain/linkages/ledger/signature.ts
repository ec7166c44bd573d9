/** Signatures of ledger entries: Ed25519 (RFC 8032) over the UTF-8 text, keys and signatures in base64url. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/**
 * Points of small order, as 32 bytes in little-endian order without the sign bit. For such a key, signatures can be made
 * without a private half.
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Returns the bytes of a text in canonical base64url; null for another text or length. */
function bytesOf(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : null;
}

/** Returns whether a text is a public key of Ed25519 that only the holder of its private half can sign for. */
export function isUsableKey(publicKey: string): boolean {
  const bytes = bytesOf(publicKey, KEY_BYTES);
  if (!bytes) return false;
  const unsigned = Buffer.from(bytes);
  unsigned[KEY_BYTES - 1] = (unsigned[KEY_BYTES - 1] ?? 0) & 0x7f;
  return !SMALL_ORDER.has(unsigned.toString('hex'));
}

const MAX_REMEMBERED_KEYS = 1_000;
const keys = new LRUCache<string, KeyObject>({
  max: MAX_REMEMBERED_KEYS,
  memoMethod: (publicKey) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }),
});

/** Returns whether a signature of a text is by the private half of a key. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = bytesOf(signature, SIGNATURE_BYTES);
  return bytes !== null && isUsableKey(publicKey) && verify(null, Buffer.from(text), keys.memo(publicKey), bytes);
}

/** Returns the SHA-256 of a text, in hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
