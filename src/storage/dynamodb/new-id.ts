import { randomBytes } from 'node:crypto';
import { type IdPrefix, makeId, ulidOf } from '../../domain/ids.ts';

/** Returns an id for a new entity. */
export function newId(prefix: IdPrefix, now: Date): string {
  return makeId(prefix, newUlid(now));
}

/** Returns the random part of a ULID: 80 bits. */
export function randomBits(): bigint {
  return BigInt(`0x${randomBytes(10).toString('hex')}`);
}

/** The instant and the random part of the last ULID of this process. */
let last = { time: -1, bits: 0n };

/**
 * Returns a ULID for an item within another one. Those of one millisecond are in the order in which they are made, so that
 * the records of one request are listed in the order of its commands.
 */
export function newUlid(now: Date): string {
  const time = now.getTime();
  const bits = time === last.time ? last.bits + 1n + (randomBits() >> 48n) : randomBits() >> 1n;
  last = { time, bits };
  return ulidOf(time, bits);
}
