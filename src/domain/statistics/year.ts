/**
 * Figures of four published quarters together. A count is shown if all four quarters show it, so it is a sum that every
 * reader could make: it reveals nothing that the quarters don't.
 */
import { WAITED_FOR, type WaitedFor } from '../cases/state.ts';
import type { Suppression } from './suppression.ts';

/** A published count: a number, or the reason for its suppression. */
export type PublishedCell = number | Suppression;

/** The published counts of a place or a route. */
export interface PublishedCounts {
  readonly received: PublishedCell;
  readonly decided: PublishedCell;
  readonly approved: PublishedCell;
  readonly rejected: PublishedCell;
  readonly onTime: PublishedCell;
  readonly late: PublishedCell;
  readonly waiting: Readonly<Record<WaitedFor, PublishedCell>>;
}

/** @param quarters four quarters, in order; null where a place or a route had no case in one */
export function countsOfYear(quarters: readonly (PublishedCounts | null)[]): PublishedCounts {
  const sumOf = (name: Exclude<keyof PublishedCounts, 'waiting'>) =>
    quarters.map((quarter) => quarter?.[name] ?? 0).reduce(sumOfCells, 0);
  // The waiting cases are those at the end of the year.
  const waiting = WAITED_FOR.map((whom) => [whom, quarters.at(-1)?.waiting[whom] ?? 0]);
  return {
    received: sumOf('received'),
    decided: sumOf('decided'),
    approved: sumOf('approved'),
    rejected: sumOf('rejected'),
    onTime: sumOf('onTime'),
    late: sumOf('late'),
    waiting: Object.fromEntries(waiting),
  };
}

const sumOfCells = (sum: PublishedCell, cell: PublishedCell): PublishedCell =>
  typeof sum === 'number' && typeof cell === 'number' ? sum + cell : 'PROTECTS_OTHERS';
