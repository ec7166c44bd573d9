/** Whether a chain of looks is whole: what is stored of it, held against itself and against what was signed of it. */
import { type ChainEntry, type ChainHead, digestOf, emptyChain, hashOfEntry, type LookContent } from './look-chain.ts';

/** Up to which entry a chain was cut because its retention was over: signed. */
export interface Checkpoint {
  readonly chain: string;
  /** The last entry that may be gone, and its hash. */
  readonly sequence: number;
  readonly hash: string;
  /** Every entry up to it is of an instant before this one. */
  readonly before: string;
}

export interface StoredChain {
  readonly chain: string;
  /** Null where there is none. */
  readonly head: ChainHead | null;
  /** In the order of their keys. */
  readonly entries: readonly ChainEntry[];
  /** What entries say, by their looks' ids; null where it is erased. */
  readonly told: ReadonlyMap<string, { readonly salt: string; readonly content: LookContent } | null>;
  readonly checkpoint: Checkpoint | null;
  /** Where the chain ended when it was signed: in the table, and in every anchor outside of it. */
  readonly signed: readonly ChainHead[];
}

export const BREAKS = {
  MISSING: 'the entry is missing',
  CHANGED: 'the entry is not the one that was chained',
  NOT_CONNECTED: 'the entry does not follow the one before it',
  CONTENT_CHANGED: 'what the entry says of the look was changed',
  CONTENT_MISSING: 'what the entry says of the look is gone, and no erasure is chained',
  NOT_COUNTED: 'the entry comes after the end that the head names',
  HEAD_MISSING: 'the head, which says where the chain ends, is missing',
  HEAD_CHANGED: 'the head does not name the last entry',
  REWRITTEN: 'the chain was made anew after it was signed, from this entry on or before it',
} as const;
export type BreakKind = keyof typeof BREAKS;

export interface Break {
  /** The first entry that is wrong: everything before it is as it was chained. */
  readonly sequence: number;
  readonly kind: BreakKind;
}

/** The first broken link; null where the chain is whole. */
export function firstBreak(stored: StoredChain): Break | null {
  const found = [brokenEntry(stored), brokenEnd(stored), brokenPromise(stored)].filter((fault) => fault !== null);
  return found.toSorted((a, b) => a.sequence - b.sequence)[0] ?? null;
}

function brokenEntry({ chain, checkpoint, entries, told }: StoredChain): Break | null {
  let last = startOf(chain, checkpoint);
  const erasedUpTo = entries.findLast(({ kind }) => kind === 'ERASURE')?.sequence ?? 0;
  for (const entry of afterCut(entries, checkpoint)) {
    const sequence = last.count + 1;
    if (entry.sequence > sequence) return { sequence, kind: 'MISSING' };
    if (entry.sequence < sequence || entry.chain !== chain || hashOfEntry(entry) !== entry.hash) {
      return { sequence, kind: 'CHANGED' };
    }
    if (entry.previous !== last.hash) return { sequence, kind: 'NOT_CONNECTED' };
    const content = told.get(entry.look);
    if (entry.kind === 'LOOK' && content && digestOf(content.salt, content.content) !== entry.digest) {
      return { sequence, kind: 'CONTENT_CHANGED' };
    }
    if (entry.kind === 'LOOK' && !content && sequence > erasedUpTo) return { sequence, kind: 'CONTENT_MISSING' };
    last = { chain, count: sequence, hash: entry.hash };
  }
  return null;
}

function brokenEnd({ chain, checkpoint, entries, head }: StoredChain): Break | null {
  const last = afterCut(entries, checkpoint).at(-1);
  const count = last?.sequence ?? checkpoint?.sequence ?? 0;
  if (!head) return { sequence: count + 1, kind: 'HEAD_MISSING' };
  if (head.count > count) return { sequence: count + 1, kind: 'MISSING' };
  if (head.count < count) return { sequence: head.count + 1, kind: 'NOT_COUNTED' };
  const hash = last?.hash ?? startOf(chain, checkpoint).hash;
  return head.hash === hash ? null : { sequence: Math.max(count, 1), kind: 'HEAD_CHANGED' };
}

/** What was signed must still be so: the entry is there, with that hash. */
function brokenPromise({ checkpoint, entries, signed }: StoredChain): Break | null {
  const hashes = new Map(entries.map(({ sequence, hash }) => [sequence, hash]));
  const last = entries.at(-1)?.sequence ?? 0;
  for (const { count, hash } of signed.toSorted((a, b) => a.count - b.count)) {
    if (checkpoint && count < checkpoint.sequence) continue;
    const kept = checkpoint?.sequence === count ? checkpoint.hash : hashes.get(count);
    if (kept === undefined) return { sequence: Math.min(count, last + 1), kind: 'MISSING' };
    if (kept !== hash) return { sequence: count, kind: 'REWRITTEN' };
  }
  return null;
}

/** Entries up to the cut are on their way out. */
const afterCut = (entries: readonly ChainEntry[], checkpoint: Checkpoint | null) =>
  checkpoint ? entries.filter(({ sequence }) => sequence > checkpoint.sequence) : entries;

function startOf(chain: string, checkpoint: Checkpoint | null): ChainHead {
  return checkpoint ? { chain, count: checkpoint.sequence, hash: checkpoint.hash } : emptyChain(chain);
}
