import { randomBytes } from 'node:crypto';
import { type IdPrefix, makeId } from '../../domain/ids.ts';
import { ulidOf } from '../../domain/ulid.ts';

/** An id for what is created now. */
export function newId(prefix: IdPrefix, now: Date): string {
  return makeId(prefix, ulidOf(now.getTime(), randomBits()));
}

/** The random part of a ULID: 80 bits. */
export function randomBits(): bigint {
  return BigInt(`0x${randomBytes(10).toString('hex')}`);
}

/** Returns a ULID for what is named within another thing. */
export function newUlid(now: Date): string {
  return ulidOf(now.getTime(), randomBits());
}
