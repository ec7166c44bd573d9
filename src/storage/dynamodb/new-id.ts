import { randomBytes } from 'node:crypto';
import { type IdPrefix, makeId } from '../../domain/ids.ts';
import { ulidOf } from '../../domain/ulid.ts';

/** Returns an id for a new entity. */
export function newId(prefix: IdPrefix, now: Date): string {
  return makeId(prefix, ulidOf(now.getTime(), randomBits()));
}

/** Returns the random part of a ULID: 80 bits. */
export function randomBits(): bigint {
  return BigInt(`0x${randomBytes(10).toString('hex')}`);
}

/** Returns a ULID for an item within another one. */
export function newUlid(now: Date): string {
  return ulidOf(now.getTime(), randomBits());
}
