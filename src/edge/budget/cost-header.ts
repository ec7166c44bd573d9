import { CodedError } from '../../errors.ts';
import type { Cost, CostWish } from './charge.ts';

/** The header by which a request asks for its cost, and by which an answer reports it. */
export const COST_HEADER = 'graphql-cost';

const WISHES = ['report', 'dry-run'] as const satisfies readonly CostWish[];

/**
 * Reads a request's wish for its cost from the header, or from `extensions.cost`, which takes precedence.
 * Throws BAD_REQUEST for an unknown wish: a mistyped `dry-run` must not be run.
 */
export function readCostWish(header: string | undefined, extensions: unknown): CostWish {
  const asked =
    typeof extensions === 'object' && extensions !== null && 'cost' in extensions ? extensions.cost : header;
  const wish = WISHES.find((known) => known === asked);
  if (wish === undefined && asked !== undefined && asked !== null) {
    throw new CodedError('BAD_REQUEST', `The header ${COST_HEADER}, and extensions.cost, can be report or dry-run.`);
  }
  return wish;
}

/** Formats a cost as a dictionary (RFC 9651 §3.2), e.g. `requested=62, actual=30, limit=20000, remaining=19970, resets-in=0` (seconds). */
export function costHeader({ requested, actual, limit, remaining, resetsAt }: Cost, now: Date): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(resetsAt) - now.getTime()) / 1_000));
  return `requested=${requested}, actual=${actual}, limit=${limit}, remaining=${remaining}, resets-in=${seconds}`;
}
