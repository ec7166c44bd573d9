import { randomBytes } from 'node:crypto';
import { ulidOf } from '../../domain/ulid.ts';

/** A receipt number: 60 random bits as twelve digits of Crockford's base 32 in groups of four, so that none follows from another. */
export function newReceiptNumber(): string {
  const digits = ulidOf(0, BigInt(`0x${randomBytes(10).toString('hex')}`)).slice(-12);
  return `BHZ-${digits.replaceAll(/(.{4})(?=.)/g, '$1-')}`;
}
