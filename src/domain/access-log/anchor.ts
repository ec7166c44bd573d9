/**
 * Texts of the access log that get a signature. Each text begins with its purpose, so that no signature is valid for
 * another text.
 */
import { createHash } from 'node:crypto';
import { canonical } from '../canonical.ts';
import type { LaneHead } from './batch.ts';

/** The end of every lane at one instant, and the anchor before it. Anchors are stored write-once. */
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

/** The last batch that a lane may delete, because the retention period of all its entries is over. */
export interface LaneCut extends LaneHead {
  /** Every entry up to that batch is older than this instant. */
  readonly before: string;
}

export function cutText({ lane, number, hash, before }: LaneCut): string {
  return canonical(['cut of the access log', lane, number, hash, before]);
}
