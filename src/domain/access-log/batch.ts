/** Batches of the access log: each stores the leaves of some entries and follows the batch before it in its lane. */
import { createHash } from 'node:crypto';
import { canonical } from '../canonical.ts';
import { merkleRoot } from './merkle.ts';
import { type AccessErasure, type AccessLeaf, erasureDigest, hashOfLeaf, LOG_NAME_BYTES } from './part.ts';

const DIGEST_BYTES = 32;

/** A stored batch. Its leaves are in the order of the entries and, within an entry, of its subjects. */
export interface AccessBatch {
  readonly lane: number;
  /** 1, 2, 3 … without a gap. */
  readonly number: number;
  readonly entries: readonly string[];
  /** Number of leaves of each entry. */
  readonly sizes: readonly number[];
  /** The leaves' digests, one after the other. */
  readonly digests: Uint8Array;
  /** The log names of the leaves, one after the other. */
  readonly logs: Uint8Array;
  /** Set where the batch is an erasure: it has one leaf then. */
  readonly erasure?: AccessErasure;
  /** Covers this batch and all batches before it. */
  readonly hash: Uint8Array;
}

/** The end of a lane. */
export interface LaneHead {
  readonly lane: number;
  readonly number: number;
  /** Base64url. */
  readonly hash: string;
}

/** Returns the hash that the first batch of a lane follows. */
export function laneStart(lane: number): Uint8Array {
  return sha256(['lane', lane]);
}

/** Returns the next batch of a lane. */
export function nextBatch(
  previous: Pick<AccessBatch, 'lane' | 'number' | 'hash'>,
  entries: readonly { readonly id: string; readonly leaves: readonly AccessLeaf[] }[],
  erasure?: AccessErasure,
): AccessBatch {
  const leaves = entries.flatMap((entry) => entry.leaves);
  const batch = {
    lane: previous.lane,
    number: previous.number + 1,
    entries: entries.map(({ id }) => id),
    sizes: entries.map((entry) => entry.leaves.length),
    digests: new Uint8Array(Buffer.concat(leaves.map(({ digest }) => digest))),
    logs: new Uint8Array(Buffer.concat(leaves.map(({ log }) => Buffer.from(log, 'base64url')))),
    ...(erasure === undefined ? {} : { erasure }),
  };
  return { ...batch, hash: hashOfBatch(previous.hash, batch) };
}

/** Returns the batch of an erasure: one entry with one leaf. */
export function erasureBatch(
  previous: Pick<AccessBatch, 'lane' | 'number' | 'hash'>,
  id: string,
  erasure: AccessErasure,
): AccessBatch {
  const leaf = { log: erasure.log, entry: id, digest: erasureDigest(erasure) };
  return nextBatch(previous, [{ id, leaves: [leaf] }], erasure);
}

/** Returns the leaves of a batch. */
export function leavesOf({ entries, sizes, digests, logs }: Omit<AccessBatch, 'hash'>): AccessLeaf[] {
  const names = entries.flatMap((entry, i) => Array.from({ length: sizes[i] ?? 0 }, () => entry));
  return names.map((entry, i) => ({
    entry,
    digest: digests.slice(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES),
    log: Buffer.from(logs.slice(i * LOG_NAME_BYTES, (i + 1) * LOG_NAME_BYTES)).toString('base64url'),
  }));
}

/** Returns the Merkle root over the leaves of a batch. */
export function rootOfBatch(batch: Omit<AccessBatch, 'hash'>): Uint8Array {
  return merkleRoot(leavesOf(batch).map(hashOfLeaf));
}

/** Returns the hash of a batch: over the previous batch's hash, its place, its counts and its root. */
export function hashOfBatch(previous: Uint8Array, batch: Omit<AccessBatch, 'hash'>): Uint8Array {
  const leaves = batch.sizes.reduce((sum, size) => sum + size, 0);
  return hashOfBatchFacts({ ...batch, previous, entries: batch.entries.length, leaves, root: rootOfBatch(batch) });
}

/** The inputs of a batch's hash: enough to follow a proof to a signed head without other persons' data. */
export interface BatchFacts {
  readonly lane: number;
  readonly number: number;
  readonly previous: Uint8Array;
  readonly entries: number;
  readonly leaves: number;
  readonly root: Uint8Array;
}

export function hashOfBatchFacts({ lane, number, previous, entries, leaves, root }: BatchFacts): Uint8Array {
  return sha256(['batch', lane, number, base64url(previous), entries, leaves, base64url(root)]);
}

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

function sha256(value: unknown): Uint8Array {
  return new Uint8Array(createHash('sha256').update(canonical(value)).digest());
}
