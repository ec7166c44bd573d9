/** The contributions of reports to a day's sums by sector and mode together, by which breakdowns are suppressed. */
import { SECTORS, type Sector } from '../../../domain/enterprises/industry.ts';
import type { DaySums } from '../../../domain/published-figures/breakdown.ts';
import type { DayPart } from '../../../domain/published-figures/day-suppression.ts';
import {
  OPERATION_MODES,
  type OperationMode,
  type ReportFigures,
} from '../../../domain/published-figures/resumption.ts';
import {
  addContributions,
  boundOf,
  contributionsOf,
  NO_CONTRIBUTIONS,
  unknownContributions,
} from '../../../domain/statistics/dominance.ts';
import { enterpriseKeys } from '../../tables.ts';
import type { OperationReportedEvent, ParkDaySharesItem } from '../items.ts';
import type { Counters } from './park-figures.ts';

/** Returns the addition of one report to the contributions of its day. */
export function sharesCount({
  parkId,
  on,
  sector,
  before,
  after,
}: Pick<OperationReportedEvent, 'parkId' | 'on' | 'sector' | 'before' | 'after'>) {
  const add: Record<string, number> = {};
  for (const [figures, by] of [[before, -1] as const, [after, 1] as const]) {
    for (const [name, value] of Object.entries(figures ? sharesOf(sector, figures) : {}))
      add[name] = (add[name] ?? 0) + by * value;
  }
  const identity = { type: 'ParkDayShares', parkId, on } as const;
  return { key: enterpriseKeys.parkDayShares(parkId, on), identity, add };
}

function sharesOf(sector: Sector, { mode, staffTotal, staffReturned }: ReportFigures): Counters {
  const part = `${sector}/${mode}`;
  return {
    [`${part}/reported`]: 1,
    [`${part}/staffTotal`]: staffTotal,
    [`${part}/staffReturned`]: staffReturned,
    [`${part}/staff/${boundOf(staffTotal)}`]: 1,
    [`${part}/returned/${boundOf(staffReturned)}`]: 1,
  };
}

/**
 * Returns the parts of a day: of each sector the reporting enterprises by mode, and those without a report as one
 * contributor that has not resumed.
 * @returns null where the contributions are not those of the day's reports, as before a migration
 */
export function dayPartsOf(shares: ParkDaySharesItem | null, sums: DaySums): readonly DayPart[] | null {
  const parts = SECTORS.flatMap((sector) =>
    OPERATION_MODES.map((mode) => ({ ...reportedPart(shares, sector, mode), sector, mode })),
  );
  const isWhole = SECTORS.every((sector) => {
    const reported = parts.reduce((sum, part) => sum + (part.sector === sector ? part.enterprises : 0), 0);
    return reported === sums.tallyOf(sector).reported;
  });
  if (!isWhole) return null;
  return parts.map((part) => {
    if (part.mode !== 'NOT_RESUMED') return part;
    const [level, tally] = [sums.levelOf(part.sector), sums.tallyOf(part.sector)];
    const staff = Math.max(0, level.registeredStaff - tally.registeredStaff);
    return {
      ...part,
      enterprises: part.enterprises + Math.max(0, level.residents - tally.reported),
      staff: addContributions(part.staff, unknownContributions(staff)),
    };
  });
}

function reportedPart(shares: ParkDaySharesItem | null, sector: Sector, mode: OperationMode) {
  if (!shares) return { enterprises: 0, staff: NO_CONTRIBUTIONS, returned: NO_CONTRIBUTIONS };
  const part = `${sector}/${mode}`;
  const sum = (counter: string) => Number(shares[`${part}/${counter}`] ?? 0);
  const countsBy = (counter: 'staff' | 'returned') => {
    const start = `${part}/${counter}/`;
    const names = Object.keys(shares).filter((name) => name.startsWith(start));
    return new Map(names.map((name) => [Number(name.slice(start.length)), Number(shares[name])]));
  };
  return {
    enterprises: sum('reported'),
    staff: contributionsOf(sum('staffTotal'), countsBy('staff')),
    returned: contributionsOf(sum('staffReturned'), countsBy('returned')),
  };
}
