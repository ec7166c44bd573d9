/** The items of who looked at whose data, as they are stored, each beside the function that makes it. */
import type { Checkpoint } from '../../domain/chain-check.ts';
import type { SeenCases } from '../../domain/look.ts';
import type { ChainEntry, ChainHead, LookContent } from '../../domain/look-chain.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { chainIndexes, chainKeys, talentKeys } from '../tables.ts';

export interface LookFacts {
  /** A ULID of its own. */
  readonly id: string;
  /** The instant of the request: RFC 3339, UTC, with milliseconds. */
  readonly at: string;
  readonly requestId: string;
  readonly viewer: Viewer;
  readonly purpose: string | null;
  readonly views: readonly SeenCases[];
}

/** One request's look at others' cases, until it is in the chains of all whose data they are. */
export type LookItem = ReturnType<typeof lookItem>;
export function lookItem(facts: LookFacts) {
  const subjects = new Set(facts.views.flatMap(({ cases }) => cases.map(({ subject }) => subject)));
  return {
    ...facts,
    /** Whose data it is about: what a reader filters by. */
    subjects: [...subjects],
    ...talentKeys.look(facts.at, facts.id),
    type: 'Look' as const,
  };
}

/** Which chain is a person's. */
export type PersonChainItem = ReturnType<typeof personChainItem>;
export function personChainItem(person: string, chain: string) {
  return { chain, ...chainKeys.ofPerson(person), type: 'PersonChain' as const };
}

export interface ChainHeadFacts extends ChainHead {
  /** The day, in Asia/Shanghai, on which the newest entry was chained. */
  readonly changedOn: string;
  /** The instant of the oldest entry that is kept; null where none is. */
  readonly oldestAt: string | null;
}

export type ChainHeadItem = ReturnType<typeof chainHeadItem>;
export function chainHeadItem({ chain, count, hash, changedOn, oldestAt }: ChainHeadFacts) {
  return {
    chain,
    count,
    hash,
    changedOn,
    oldestAt,
    ...chainKeys.head(chain),
    ...chainIndexes.all(chain),
    ...chainIndexes.changedOn(changedOn, chain),
    ...(oldestAt === null ? {} : chainIndexes.oldest(oldestAt, chain)),
    type: 'ChainHead' as const,
  };
}

/** Never changed. */
export type ChainEntryItem = ReturnType<typeof chainEntryItem>;
export function chainEntryItem(entry: ChainEntry) {
  return { ...entry, ...chainKeys.entry(entry.chain, entry.sequence), type: 'ChainEntry' as const };
}

export interface ChainedLookFacts {
  readonly chain: string;
  /** Its entry's. */
  readonly sequence: number;
  readonly at: string;
  readonly look: string;
  /** What its entry's digest is of; null when it is erased. */
  readonly told: { readonly salt: string; readonly content: LookContent } | null;
}

export type ChainedLookItem = ReturnType<typeof chainedLookItem>;
export function chainedLookItem(facts: ChainedLookFacts) {
  return { ...facts, ...chainKeys.look(facts.chain, facts.at, facts.look), type: 'ChainedLook' as const };
}

/** The newest signature of where a chain ends: of the signer's. */
export type SignedHeadItem = ReturnType<typeof signedHeadItem>;
export function signedHeadItem({ chain, count, hash }: ChainHead, at: string, signature: string) {
  return { chain, count, hash, at, signature, ...chainKeys.signed(chain), type: 'SignedHead' as const };
}

/** Up to where a chain may be cut: of the signer's. */
export type CheckpointItem = ReturnType<typeof checkpointItem>;
export function checkpointItem(checkpoint: Checkpoint, signature: string) {
  return { ...checkpoint, signature, ...chainKeys.checkpoint(checkpoint.chain), type: 'Checkpoint' as const };
}
