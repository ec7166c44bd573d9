import { createHash, createHmac, randomBytes } from 'node:crypto';
import { ulidOf } from '../domain/ids.ts';

/**
 * The secret that an applicant gets with a receipt number, in digits of Crockford's base 32. It has sixteen random
 * digits (80 bits) and four of a tag: a keyed hash over the receipt number and the sixteen. The tag exposes a wrong
 * secret without a read. Nobody can search 80 bits even with the stored hash, so a plain salted hash is enough. Older
 * secrets have no tag.
 */
const RANDOM_DIGITS = 16;
const TAG_DIGITS = 4;
const SECRET = /^[0-9A-HJKMNP-TV-Z]{16}(?:[0-9A-HJKMNP-TV-Z]{4})?$/;

const SALT_BYTES = 16;

/**
 * Makes a secret, and the salt (base64url) of its hash.
 * @param key the HMAC key of tags
 */
export function newCaseSecret(receiptNumber: string, key: string): { readonly secret: string; readonly salt: string } {
  const random = ulidOf(0, BigInt(`0x${randomBytes(10).toString('hex')}`)).slice(-RANDOM_DIGITS);
  return {
    secret: random + tagOf(receiptNumber, random, key),
    salt: randomBytes(SALT_BYTES).toString('base64url'),
  };
}

/** Tells by its tag whether a secret was made for this receipt number. Returns false for a secret without a tag. */
export function hasCaseTag(secret: string, receiptNumber: string, key: string): boolean {
  const tag = secret.slice(RANDOM_DIGITS);
  return tag.length === TAG_DIGITS && tag === tagOf(receiptNumber, secret.slice(0, RANDOM_DIGITS), key);
}

function tagOf(receiptNumber: string, random: string, key: string): string {
  const hash = createHmac('sha256', key).update(`case secret ${receiptNumber} ${random}`).digest();
  return ulidOf(0, hash.readBigUInt64BE()).slice(-TAG_DIGITS);
}

/**
 * Normalises a typed secret: ignores case, hyphens and blanks; reads O as 0, I and L as 1. Returns null for anything
 * else.
 */
export function readCaseSecretText(typed: string): string | null {
  if (typed.length > 64) return null;
  const digits = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return SECRET.test(digits) ? digits : null;
}

/** Prints a secret in groups of four, for paper and screens. */
export function printCaseSecret(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/**
 * Returns the version of a secret that tokens carry. It derives from the salt, which a renewal replaces, and reveals
 * neither.
 */
export function caseSecretVersion(salt: string): string {
  return createHash('sha256').update('version of a secret').update(salt).digest('base64url').slice(0, 16);
}

/**
 * Hashes a secret for storage.
 * @param salt base64url
 */
export function hashCaseSecret(secret: string, salt: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'base64url')).update(secret).digest('base64url');
}
