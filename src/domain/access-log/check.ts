/**
 * Checks the access log. The stored log is compared with the register, which another role writes. The register is
 * compared with the anchors, which are write-once. Each fault is named after the manipulation.
 */
import type { LaneCut } from './anchor.ts';
import { type AccessBatch, base64url, hashOfBatch, type LaneHead, laneStart, leavesOf } from './batch.ts';
import { type AccessFrame, laneOf } from './entry.ts';
import { merkleRoot } from './merkle.ts';
import { type AccessLeaf, type AccessPart, erasureDigest, hashOfLeaf, partDigest } from './part.ts';

export const FAULTS = {
  DELETED: 'an entry was deleted',
  SWAPPED: 'two entries were swapped',
  EDITED: 'an entry was edited',
  CUT_TAIL: 'the newest entries were cut off',
  DELETED_LOG: 'the whole log of a person was deleted',
  REPLAYED_HEAD: 'the register was put back to an earlier end',
  INSERTED: 'an entry was inserted',
  OTHER_PERSON: 'the log is that of another person',
  NOT_ERASED: 'an entry that was erased is there',
  UNNAMED_LOG: "no person's record names the log",
  REGISTER_REWRITTEN: 'the register is not the one that was anchored',
  BATCH_CHANGED: 'the batch is not the one that was registered',
  ERASURE_CHANGED: 'the erasure does not count what was erased',
} as const;
export type FaultKind = keyof typeof FAULTS;

export interface Fault {
  readonly kind: FaultKind;
  /** The subject of the fault: a batch as `<lane>/<number>`, a log or an entry. */
  readonly of: { readonly batch: string } | { readonly log: string } | { readonly entry: string };
}

/** A lane as it is stored. */
export interface StoredLane {
  readonly lane: number;
  readonly cut: LaneCut | null;
  /** Copies of the batches in their order, written by another role. */
  readonly register: readonly AccessBatch[];
  /** In the order of their numbers. */
  readonly batches: readonly AccessBatch[];
  /** The lane's end at each anchor. */
  readonly anchored: readonly LaneHead[];
}

export interface LogLeaf extends AccessLeaf {
  readonly lane: number;
  readonly batch: number;
  /** Index in the batch. */
  readonly index: number;
  readonly kind: 'PART' | 'ERASURE';
  /** Set where a later erasure removed the part behind this leaf. */
  readonly isErased: boolean;
}

export interface CheckedLane {
  readonly faults: readonly Fault[];
  /** Every leaf that must exist. */
  readonly leaves: readonly LogLeaf[];
}

/** Checks the batches and the register of one lane, and returns the leaves that persons' logs must have. */
export function checkLane(stored: StoredLane): CheckedLane {
  const { lane, cut } = stored;
  const first = cut ? cut.number + 1 : 1;
  const start = cut ? Buffer.from(cut.hash, 'base64url') : laneStart(lane);
  const register = stored.register.filter(({ number }) => number >= first);
  const batches = new Map(stored.batches.filter(({ number }) => number >= first).map((each) => [each.number, each]));
  const unregistered = [...batches.values()].filter(({ number }) => number > (register.at(-1)?.number ?? first - 1));

  const faults = [
    ...checkSequence(lane, register, { number: first, previous: start }, 'REGISTER_REWRITTEN'),
    ...checkAnchored(stored, register, first),
    ...checkRegistered(lane, register, batches),
    ...checkSequence(
      lane,
      unregistered,
      { number: (register.at(-1)?.number ?? first - 1) + 1, previous: register.at(-1)?.hash ?? start },
      'BATCH_CHANGED',
    ),
  ];
  const erasures = markErased([...register, ...unregistered], cut !== null);
  return { faults: [...faults, ...erasures.faults], leaves: erasures.leaves };
}

const batchName = (lane: number, number: number) => ({ batch: `${lane}/${number}` });

function checkSequence(
  lane: number,
  batches: readonly AccessBatch[],
  from: { readonly number: number; readonly previous: Uint8Array },
  kind: FaultKind,
): Fault[] {
  let { number, previous } = from;
  for (const batch of batches) {
    const isNext = batch.number === number && isSame(hashOfBatch(previous, batch), batch.hash);
    if (!isNext) return [{ kind, of: batchName(lane, number) }];
    number += 1;
    previous = batch.hash;
  }
  return [];
}

function checkAnchored({ lane, anchored }: StoredLane, register: readonly AccessBatch[], first: number): Fault[] {
  const hashes = new Map(register.map(({ number, hash }) => [number, base64url(hash)]));
  const end = register.at(-1)?.number ?? first - 1;
  for (const head of anchored.toSorted((a, b) => a.number - b.number)) {
    if (head.number < first) continue;
    if (head.number > end) return [{ kind: 'REPLAYED_HEAD', of: batchName(lane, end) }];
    if (hashes.get(head.number) !== head.hash)
      return [{ kind: 'REGISTER_REWRITTEN', of: batchName(lane, head.number) }];
  }
  return [];
}

function checkRegistered(
  lane: number,
  register: readonly AccessBatch[],
  batches: ReadonlyMap<number, AccessBatch>,
): Fault[] {
  const lastKept = Math.max(0, ...batches.keys());
  const tail = register.find(({ number }) => number > lastKept);
  const faults: Fault[] = tail ? [{ kind: 'CUT_TAIL', of: batchName(lane, tail.number) }] : [];
  for (const registered of register) {
    const { number } = registered;
    const batch = batches.get(number);
    if (!batch) {
      if (number < lastKept) faults.push({ kind: 'DELETED', of: batchName(lane, number) });
      continue;
    }
    if (isSameBatch(batch, registered)) continue;
    const known = new Set(leavesOf(registered).map(leafName));
    const inserted = leavesOf(batch).filter((leaf) => !known.has(leafName(leaf)));
    faults.push({ kind: 'BATCH_CHANGED', of: batchName(lane, number) });
    for (const { entry } of inserted) faults.push({ kind: 'INSERTED', of: { entry } });
  }
  return faults;
}

const leafName = ({ log, entry }: AccessLeaf) => `${entry} ${log}`;

function isSameBatch(a: AccessBatch, b: AccessBatch): boolean {
  const nothing = new Uint8Array();
  return isSame(a.hash, b.hash) && isSame(hashOfBatch(nothing, a), hashOfBatch(nothing, b));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/**
 * Marks the leaves that erasures cover, and finds erasures whose count is wrong. Leaves before a cut can't be counted.
 */
function markErased(batches: readonly AccessBatch[], isCut: boolean): CheckedLane {
  const faults: Fault[] = [];
  const leaves: (LogLeaf & { isErased: boolean })[] = [];
  const live = new Map<string, (LogLeaf & { isErased: boolean })[]>();
  const last = new Map<string, string>();
  for (const batch of batches) {
    const { lane, number, erasure } = batch;
    for (const [index, leaf] of leavesOf(batch).entries()) {
      const kind = erasure ? ('ERASURE' as const) : ('PART' as const);
      const one = { ...leaf, lane, batch: number, index, kind, isErased: false };
      leaves.push(one);
      const before = live.get(leaf.log) ?? [];
      if (!erasure) {
        live.set(leaf.log, [...before, one]);
        continue;
      }
      const counts = erasure.count === before.length && erasure.root === rootOf(before);
      const isGenuine = erasure.log === leaf.log && isSame(erasureDigest(erasure), leaf.digest);
      // An interrupted erasure is recorded again, with the same content.
      const isRepeated = before.length === 0 && last.get(leaf.log) === base64url(leaf.digest);
      last.set(leaf.log, base64url(leaf.digest));
      if (!isGenuine || !(counts || isRepeated || (isCut && erasure.count > before.length))) {
        faults.push({ kind: 'ERASURE_CHANGED', of: batchName(lane, number) });
      }
      for (const erased of before) erased.isErased = true;
      live.delete(leaf.log);
    }
  }
  return { faults, leaves };
}

/** Returns the Merkle root over the leaves of one log in one lane, as an erasure states it. */
export function rootOf(leaves: readonly AccessLeaf[]): string {
  return base64url(merkleRoot(leaves.map(hashOfLeaf)));
}

/** A person's log as stored. */
export interface StoredLog {
  readonly log: string;
  /** By entry; null where the part was erased. */
  readonly parts: ReadonlyMap<string, AccessPart | null>;
  /** By entry. */
  readonly frames: ReadonlyMap<string, AccessFrame>;
  /** The log that each person's record names. */
  readonly logOf: ReadonlyMap<string, string>;
  /** Entries that a batch has, but whose parts are not written yet. */
  readonly waiting: ReadonlySet<string>;
  /** By lane. Entries that sort before it may be missing, because their retention period is over. */
  readonly cutBefore: ReadonlyMap<number, string>;
}

/** Checks one log against the leaves that it must have. */
export function checkLog(stored: StoredLog, leaves: readonly LogLeaf[]): Fault[] {
  const { log, parts, waiting, cutBefore } = stored;
  const live = leaves
    .filter(({ kind, isErased, entry }) => kind === 'PART' && !isErased && !waiting.has(entry))
    .toSorted((a, b) => (a.entry < b.entry ? -1 : 1));
  const missing = live.filter(({ entry }) => !parts.get(entry));
  if (live.length > 0 && missing.length === live.length) return [{ kind: 'DELETED_LOG', of: { log } }];

  const back = leaves.filter(({ isErased, entry }) => isErased && parts.get(entry));
  const known = new Set(leaves.map(({ entry }) => entry));
  const inserted = [...parts.keys()].filter(
    (entry) => !known.has(entry) && !waiting.has(entry) && entry >= (cutBefore.get(laneOf(entry)) ?? ''),
  );
  return [
    ...namesOfMissing(log, live, missing),
    ...checkParts(stored, live),
    ...back.map(({ entry }): Fault => ({ kind: 'NOT_ERASED', of: { entry } })),
    ...inserted.map((entry): Fault => ({ kind: 'INSERTED', of: { entry } })),
  ];
}

function namesOfMissing(log: string, live: readonly LogLeaf[], missing: readonly LogLeaf[]): Fault[] {
  const isTail = missing.length > 0 && live.slice(-missing.length).every((leaf) => missing.includes(leaf));
  if (isTail) return [{ kind: 'CUT_TAIL', of: { log } }];
  return missing.map(({ entry }) => ({ kind: 'DELETED', of: { entry } }));
}

function checkParts({ log, parts, frames, logOf }: StoredLog, live: readonly LogLeaf[]): Fault[] {
  const says = (part: AccessPart, leaf: LogLeaf) => {
    const frame = frames.get(leaf.entry);
    return frame !== undefined && isSame(partDigest({ ...part, log, entry: leaf.entry }, frame), leaf.digest);
  };
  const wrong = live.flatMap((leaf) => {
    const part = parts.get(leaf.entry);
    return part && !says(part, leaf) ? [{ leaf, part }] : [];
  });
  const faults = wrong.map(({ leaf, part }): Fault => {
    const { entry } = leaf;
    if (!frames.has(entry)) return { kind: 'DELETED', of: { entry } };
    if (wrong.some((other) => other.leaf !== leaf && says(part, other.leaf))) return { kind: 'SWAPPED', of: { entry } };
    return (logOf.get(part.person) ?? log) === log
      ? { kind: 'EDITED', of: { entry } }
      : { kind: 'OTHER_PERSON', of: { log } };
  });
  const owners = new Set([...parts.values()].flatMap((part) => (part ? [part.person] : [])));
  const named = [...owners].map((person) => logOf.get(person));
  if (named.some((other) => other !== undefined && other !== log)) faults.push({ kind: 'OTHER_PERSON', of: { log } });
  if (named.includes(undefined)) faults.push({ kind: 'UNNAMED_LOG', of: { log } });
  return faults;
}
