import { WAITED_FOR } from '../../../domain/cases/state.ts';
import { rateOf } from '../../../domain/indicators/indicator.ts';
import { daysOf, quartersOf } from '../../../domain/statistics/period.ts';
import type { PublishedCell } from '../../../domain/statistics/year.ts';
import { CodedError } from '../../../errors.ts';
import type { CaseFiguresResolvers, CaseRoute, CaseStatisticsResolvers } from '../generated/types.ts';

export const CaseStatistics: CaseStatisticsResolvers = {
  from: ({ period }) => daysOf(period).from,
  to: ({ period }) => daysOf(period).to,
  total: ({ kind, period }, _, { store }) => store.statistics.figures({ kind, period, by: 'ALL', of: '' }),
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
    if (quartersOf(publication.period)) {
      throw new CodedError('BAD_USER_INPUT', 'Breakdowns are published by month and by quarter.', {
        details: { argument: 'period' },
      });
    }
    return store.statistics.rows(publication, by, zone ?? '', page);
  },
};

export const CaseFigures: CaseFiguresResolvers = {
  zone: ({ by, of, within }) => (by === 'ZONE' ? { id: of } : by === 'PARK' ? { id: within } : null),
  // Outside of the parks of a zone a row has the zone's id; rows of earlier publications have none.
  park: ({ by, of, within }) => (by === 'PARK' && of !== '' && of !== within ? { id: of } : null),
  route: ({ by, of }) => (by === 'ROUTE' ? (of as CaseRoute) : null),
  received: ({ received }) => shown(received),
  decided: ({ decided }) => shown(decided),
  approved: ({ approved }) => shown(approved),
  rejected: ({ rejected }) => shown(rejected),
  onTime: ({ onTime }) => shown(onTime),
  late: ({ late }) => shown(late),
  onTimeRate: ({ onTime, late }) =>
    typeof onTime === 'number' && typeof late === 'number'
      ? rateOf({ numerator: onTime, denominator: onTime + late }, 'HALF_UP')
      : null,
  waiting: ({ waiting }) => WAITED_FOR.map((on) => ({ on, cases: shown(waiting[on]) })),
};

const shown = (cell: PublishedCell) => ({ cell });
