/**
 * A person's chain of looks: each entry holds the hash of the one before it, so that none can be taken out, changed or moved
 * without every later hash being another. What an entry says of people is not in it but a salted digest of it is: the
 * content can be erased, and the chain still holds.
 */
import { createHash } from 'node:crypto';
import { canonical } from './canonical.ts';
import type { Viewer } from './viewer.ts';

/** What one look showed of one person. */
export interface LookContent {
  readonly viewer: Viewer;
  readonly purpose: string | null;
  readonly cases: readonly {
    readonly caseId: string;
    readonly full: readonly string[];
    readonly masked: readonly string[];
  }[];
}

export interface ChainEntry {
  /** A random name: it says nothing of whose chain it is. */
  readonly chain: string;
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** A look; or the person's data being erased, after which the contents of earlier entries are gone. */
  readonly kind: 'LOOK' | 'ERASURE';
  /** Instant of the look. */
  readonly at: string;
  /** The look's id; an erasure's is its own. */
  readonly look: string;
  /** Of the content, with its salt; of an erasure, which has none, the empty text. */
  readonly digest: string;
  /** The hash of the entry before it. */
  readonly previous: string;
  readonly hash: string;
}

/** Where a chain ends: after so many entries, with this hash. */
export interface ChainHead {
  readonly chain: string;
  readonly count: number;
  readonly hash: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The head of a chain without entries. */
export function emptyChain(chain: string): ChainHead {
  return { chain, count: 0, hash: sha256(canonical(['chain', chain])) };
}

export function digestOf(salt: string, content: LookContent): string {
  return sha256(canonical([salt, content]));
}

/** The entry that comes next. */
export function nextEntry(head: ChainHead, of: Pick<ChainEntry, 'kind' | 'at' | 'look' | 'digest'>): ChainEntry {
  const entry = { ...of, chain: head.chain, sequence: head.count + 1, previous: head.hash };
  return { ...entry, hash: hashOfEntry(entry) };
}

export function hashOfEntry({ chain, sequence, kind, at, look, digest, previous }: Omit<ChainEntry, 'hash'>): string {
  return sha256(canonical(['entry', chain, sequence, kind, at, look, digest, previous]));
}

export const headAfter = ({ chain, sequence, hash }: ChainEntry): ChainHead => ({ chain, count: sequence, hash });
