import { WAITED_FOR } from '../../domain/cases/state.ts';
import { rateOf } from '../../domain/indicator.ts';
import type { PublishedCell } from '../../storage/talent/statistics-items.ts';
import type { CaseFiguresResolvers, CaseRoute } from './generated/types.ts';

export const CaseFigures: CaseFiguresResolvers = {
  zone: ({ by, of, within }) => (by === 'ZONE' ? { id: of } : by === 'PARK' ? { id: within } : null),
  park: ({ by, of }) => (by === 'PARK' && of !== '' ? { id: of } : null),
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
