/**
 * Parts of entries: an entry's statement about one person. A leaf stores the salted digest of one part, so each part is
 * proved by itself. Salting prevents guessing a personal value; without its salt, a digest reveals nothing.
 */
import { createHash, createHmac } from 'node:crypto';
import { canonical } from '../canonical.ts';
import type { AccessEntry, AccessFrame } from './entry.ts';
import { leafHash } from './merkle.ts';

/** Length of a log's name in bytes. The name is random and says nothing of the person. */
export const LOG_NAME_BYTES = 9;

/** One case of a part: the index of its view in the frame, and the case's id. */
export type PartCase = readonly [view: number, caseId: string];

/** An entry's statement about one person. */
export interface AccessPart {
  /** Name of the person's log, base64url. */
  readonly log: string;
  readonly entry: string;
  readonly person: string;
  /** Base64url. */
  readonly salt: string;
  readonly cases: readonly PartCase[];
}

/**
 * Returns an entry's part for each of its subjects, in their order.
 * @param seed the salts are derived from it; it is deleted when the entry is batched
 * @param logs the names of the subjects' logs, in their order
 */
export function partsOf(entry: AccessEntry, seed: string, logs: readonly string[]): AccessPart[] {
  return entry.subjects.map((person, subject) => ({
    log: logs[subject] ?? '',
    entry: entry.id,
    person,
    salt: createHmac('sha256', Buffer.from(seed, 'base64url'))
      .update(person)
      .digest()
      .subarray(0, 16)
      .toString('base64url'),
    cases: entry.cases.flatMap((one): PartCase[] => (one.subject === subject ? [[one.view, one.caseId]] : [])),
  }));
}

/** Returns the salted digest of a part and its frame. */
export function partDigest({ log, entry, person, salt, cases }: AccessPart, frame: AccessFrame): Uint8Array {
  const { id, requestId, viewer, purpose, views, carried = null } = frame;
  return sha256(canonical(['part', salt, log, entry, person, cases, [id, requestId, viewer, purpose, views, carried]]));
}

/** An erasure of one person's log in one lane: the number of leaves before it, and their root. */
export interface AccessErasure {
  readonly log: string;
  readonly count: number;
  /** Base64url. */
  readonly root: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Returns the digest of an erasure. It is not salted, because it says nothing of a person. */
export function erasureDigest({ log, count, root, at }: AccessErasure): Uint8Array {
  return sha256(canonical(['erasure', log, count, root, at]));
}

/** A leaf of a batch: an entry, the log that it is in, and the digest of its part. */
export interface AccessLeaf {
  readonly log: string;
  readonly entry: string;
  readonly digest: Uint8Array;
}

export function hashOfLeaf({ log, entry, digest }: AccessLeaf): Uint8Array {
  return leafHash(Buffer.from(log, 'base64url'), Buffer.from(entry), digest);
}

function sha256(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text).digest());
}
