import type { Suppression } from '../domain/statistics/suppression.ts';

/** A count, or the reason why it is suppressed: the parent of `StatisticsCell`. */
export interface CountCell {
  readonly cell: number | Suppression;
}

export const statisticsCellResolvers = {
  value: ({ cell }: CountCell) => (typeof cell === 'number' ? cell : null),
  suppressed: ({ cell }: CountCell) => (typeof cell === 'number' ? null : cell),
};
