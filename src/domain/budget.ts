/**
 * What a client may ask for over time: a bucket of tokens that fills up steadily. A token pays for one object of an answer
 * (`docs/operating.md`, "Budgets").
 *
 * A bucket is one number, the instant at which it will be full again. So it says no more than that and needs no clock of its
 * own, a full one needs no record at all, and two who write it can tell by the number whether it is what they have read.
 */
import type { ViewerKind } from './viewer.ts';

export interface Allowance {
  /** Tokens that may be spent at once, after a rest. */
  readonly capacity: number;
  readonly perSecond: number;
}

/** The instant at which a bucket is full again, epoch milliseconds. One in the past, such as `FULL`, is of a full one. */
export type FullAt = number;
export const FULL: FullAt = 0;

/**
 * Of each kind of viewer; a partner's is its zone's. Nobody in particular has two: one for documents that we ship, and a
 * small one for questions of their own, so that a stranger's loop costs no phone its answer.
 */
export const ALLOWANCES = {
  anonymous: { capacity: 5_000, perSecond: 25 },
  anonymousDocuments: { capacity: 10_000, perSecond: 200 },
  applicant: { capacity: 5_000, perSecond: 25 },
  caseHolder: { capacity: 5_000, perSecond: 25 },
  clerk: { capacity: 10_000, perSecond: 50 },
  officer: { capacity: 20_000, perSecond: 200 },
  analyst: { capacity: 50_000, perSecond: 500 },
  admin: { capacity: 50_000, perSecond: 500 },
  partner: { capacity: 100_000, perSecond: 1_000 },
} as const satisfies Record<ViewerKind | 'anonymousDocuments', Allowance>;

/** The whole tokens that are in a bucket. */
export function tokensIn(fullAt: FullAt, { capacity, perSecond }: Allowance, now: number): number {
  const missing = (Math.max(0, fullAt - now) * perSecond) / 1_000;
  return Math.max(0, Math.floor(capacity - missing));
}

/** The bucket after so many tokens are taken out of it, whether or not they are in it. */
export function taken(fullAt: FullAt, { perSecond }: Allowance, tokens: number, now: number): FullAt {
  return Math.max(fullAt, now) + Math.ceil((tokens * 1_000) / perSecond);
}

/** The bucket after so many tokens are put back. What it can't hold runs over. */
export function putBack(fullAt: FullAt, { perSecond }: Allowance, tokens: number): FullAt {
  return fullAt - Math.floor((tokens * 1_000) / perSecond);
}

/** The first instant at which so many tokens, of those that it can hold, are in a bucket out of which nobody takes any. */
export function enoughAt(fullAt: FullAt, { capacity, perSecond }: Allowance, tokens: number, now: number): number {
  return Math.max(now, fullAt - Math.floor((Math.max(0, capacity - tokens) * 1_000) / perSecond));
}

/** A part of an allowance, or a multiple. */
export function scaled({ capacity, perSecond }: Allowance, factor: number): Allowance {
  return { capacity: capacity * factor, perSecond: perSecond * factor };
}
