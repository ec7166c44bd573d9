import { daysOf } from '../../domain/statistics-period.ts';
import { CodedError } from '../../errors.ts';
import type { CaseStatisticsResolvers } from './generated/types.ts';

export const CaseStatistics: CaseStatisticsResolvers = {
  from: ({ period }) => daysOf(period).from,
  to: ({ period }) => daysOf(period).to,
  total: ({ kind, period }, _, { store }) => store.statistics.row.load({ kind, period, by: 'ALL', of: '' }),
  figures: (publication, { by, zone, ...page }, { store }) => {
    if ((by === 'PARK') !== (zone != null)) {
      throw new CodedError(
        'BAD_USER_INPUT',
        'Parks are listed by zone: `zone` goes with `PARK`, and with nothing else.',
        {
          details: { argument: 'zone' },
        },
      );
    }
    return store.statistics.rows(publication, by, zone ?? '', page);
  },
};
