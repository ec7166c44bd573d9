/** The texts that are signed of chains of looks: what they are of comes first, so that no signature serves for another. */
import { createHash } from 'node:crypto';
import { canonical } from './canonical.ts';
import type { Checkpoint } from './chain-check.ts';
import type { ChainHead } from './look-chain.ts';

export function headText({ chain, count, hash }: ChainHead): string {
  return canonical(['head of a chain', chain, count, hash]);
}

export function checkpointText({ chain, sequence, hash, before }: Checkpoint): string {
  return canonical(['cut of a chain', chain, sequence, hash, before]);
}

/** Where chains ended at an instant, and which anchor came before: kept where nobody can change it. */
export interface Anchor {
  readonly at: string;
  /** Hash of the text of the anchor before it; null for the first. */
  readonly previous: string | null;
  /** Of all chains that have changed since the anchor before. */
  readonly heads: readonly ChainHead[];
}

export function anchorText({ at, previous, heads }: Anchor): string {
  return canonical(['anchor of chains', at, previous, heads.map(({ chain, count, hash }) => [chain, count, hash])]);
}

/** An anchor as it is kept, with its signature. */
export interface SignedAnchor extends Anchor {
  readonly signature: string;
}

export function hashOfAnchor(file: string): string {
  return createHash('sha256').update(file).digest('base64url');
}
