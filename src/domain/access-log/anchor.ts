/** The texts that are signed of the access log. Each begins with what it is, so that no signature serves for another text. */
import { createHash } from 'node:crypto';
import { canonical } from '../canonical.ts';
import type { LaneHead } from './batch.ts';

/** Where the lanes ended at an instant, and which anchor came before: kept where nobody can change it. */
export interface Anchor {
  /** 1, 2, 3 … without a gap. */
  readonly number: number;
  readonly at: string;
  /** Hash of the file of the anchor before it; null for the first. */
  readonly previous: string | null;
  readonly heads: readonly LaneHead[];
}

export interface SignedAnchor extends Anchor {
  readonly signature: string;
}

export function anchorText({ number, at, previous, heads }: Anchor): string {
  const ends = heads.map((head) => [head.lane, head.number, head.hash]);
  return canonical(['anchor of the access log', number, at, previous, ends]);
}

export function hashOfAnchor(file: string): string {
  return createHash('sha256').update(file).digest('base64url');
}

/** Up to which batch a lane may be cut because the retention of all its entries is over. */
export interface LaneCut extends LaneHead {
  /** Every entry up to it is of an instant before this one. */
  readonly before: string;
}

export function cutText({ lane, number, hash, before }: LaneCut): string {
  return canonical(['cut of the access log', lane, number, hash, before]);
}
