import type { StatisticsCellResolvers } from './generated/types.ts';

export const StatisticsCell: StatisticsCellResolvers = {
  value: ({ cell }) => (typeof cell === 'number' ? cell : null),
  suppressed: ({ cell }) => (typeof cell === 'number' ? null : cell),
};
