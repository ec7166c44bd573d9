import { createHash, randomBytes } from 'node:crypto';
import { ulidOf } from '../domain/ulid.ts';

/**
 * The secret that an applicant gets with a receipt number: 80 bits as sixteen digits of Crockford's base 32. Nobody can
 * search so many, also not with the stored hash in hand, so that a plain salted hash is enough.
 */
const SECRET = /^[0-9A-HJKMNP-TV-Z]{16}$/;

const SALT_BYTES = 16;

/** A new one, and what its hash is to be salted with (base64url). */
export function newCaseSecret(): { readonly secret: string; readonly salt: string } {
  const secret = ulidOf(0, BigInt(`0x${randomBytes(10).toString('hex')}`)).slice(-16);
  return { secret, salt: randomBytes(SALT_BYTES).toString('base64url') };
}

/** As it was typed: without regard to case, hyphens and blanks, and with O for 0, I and L for 1. Null for what is no secret. */
export function readCaseSecretText(typed: string): string | null {
  if (typed.length > 64) return null;
  const digits = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return SECRET.test(digits) ? digits : null;
}

/** For paper and screens: four groups of four. */
export function printCaseSecret(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/**
 * Returns what a token says of the secret that opened it. A renewed secret has another salt, so its version is another, and
 * the version tells neither.
 */
export function caseSecretVersion(salt: string): string {
  return createHash('sha256').update('version of a secret').update(salt).digest('base64url').slice(0, 16);
}

/** What is kept of a secret. @param salt base64url */
export function hashCaseSecret(secret: string, salt: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'base64url')).update(secret).digest('base64url');
}
