/** The contributions of reports to a day's sums by sector, mode and size class together, by which rows are suppressed. */
import { SECTORS, type Sector, SIZE_CLASSES, type SizeClass } from '../../../domain/enterprises/industry.ts';
import type { DaySums } from '../../../domain/published-figures/breakdown.ts';
import type { DayPart } from '../../../domain/published-figures/day-load.ts';
import {
  OPERATION_MODES,
  type OperationMode,
  type ReportFigures,
} from '../../../domain/published-figures/resumption.ts';
import {
  addContributions,
  boundOf,
  contributionsOf,
  unknownContributions,
} from '../../../domain/statistics/dominance.ts';
import { enterpriseKeys } from '../../tables.ts';
import type { OperationReportedEvent, ParkDaySharesItem } from '../items.ts';
import type { Counters } from './park-figures.ts';

type Report = Pick<OperationReportedEvent, 'parkId' | 'on' | 'sector' | 'sizeClass' | 'before' | 'after'>;

/** Returns the addition of one report to the contributions of its day. */
export function sharesCount({ parkId, on, sector, sizeClass, before, after }: Report) {
  const add: Record<string, number> = {};
  for (const [figures, by] of [[before, -1] as const, [after, 1] as const]) {
    for (const [name, value] of Object.entries(figures ? sharesOf(sector, sizeClass, figures) : {}))
      add[name] = (add[name] ?? 0) + by * value;
  }
  const identity = { type: 'ParkDayShares', parkId, on } as const;
  return { key: enterpriseKeys.parkDayShares(parkId, on), identity, add };
}

function sharesOf(sector: Sector, size: SizeClass, figures: ReportFigures): Counters {
  const { mode, staffTotal, staffReturned, registeredStaff } = figures;
  const part = nameOf(sector, mode, size);
  return {
    [`${part}/reported`]: 1,
    [`${part}/staffTotal`]: staffTotal,
    [`${part}/staffReturned`]: staffReturned,
    [`${part}/registeredStaff`]: registeredStaff,
    [`${part}/staff/${boundOf(staffTotal)}`]: 1,
    [`${part}/returned/${boundOf(staffReturned)}`]: 1,
  };
}

const nameOf = (sector: Sector, mode: OperationMode, size: SizeClass) => `${sector}/${mode}/${size}`;

/**
 * Returns the parts of a day: of each sector and size class the reporting enterprises by mode, and those without a
 * report as one contributor that has not resumed.
 * @returns null where the contributions are not those of the day's reports, as before a migration
 */
export function dayPartsOf(shares: ParkDaySharesItem | null, sums: DaySums): readonly DayPart[] | null {
  const counters = countersOf(shares);
  const parts = SECTORS.flatMap((sector) => SIZE_CLASSES.flatMap((size) => partsOf(counters, sums, sector, size)));
  const isWhole = [...SECTORS, ...SIZE_CLASSES].every((name) => {
    const own = parts.filter(({ sector, size }) => sector === name || size === name);
    return own.reduce((sum, { reported }) => sum + reported, 0) === sums.tallyOf(name).reported;
  });
  return isWhole ? parts : null;
}

/** A part with the number of its enterprises that have reported. */
interface CountedPart extends DayPart {
  readonly reported: number;
}

function partsOf(
  counters: ReadonlyMap<string, PartCounters>,
  sums: DaySums,
  sector: Sector,
  size: SizeClass,
): readonly CountedPart[] {
  const parts = OPERATION_MODES.map((mode) => ({ sector, size, mode, ...reportedOf(counters, sector, mode, size) }));
  const level = sums.levelOfBoth(sector, size);
  const residents = parts.reduce((rest, { reported }) => rest - reported, level.residents);
  const staff = parts.reduce((rest, { registeredStaff }) => rest - registeredStaff, level.registeredStaff);
  return parts.map(({ registeredStaff: _, ...part }) => {
    if (part.mode !== 'NOT_RESUMED') return { ...part, enterprises: part.reported };
    return {
      ...part,
      enterprises: part.reported + Math.max(0, residents),
      staff: addContributions(part.staff, unknownContributions(Math.max(0, staff))),
    };
  });
}

function reportedOf(counters: ReadonlyMap<string, PartCounters>, sector: Sector, mode: OperationMode, size: SizeClass) {
  const { sums, staff, returned } = counters.get(nameOf(sector, mode, size)) ?? NO_COUNTERS;
  const sum = (counter: string) => sums.get(counter) ?? 0;
  return {
    reported: sum('reported'),
    registeredStaff: sum('registeredStaff'),
    staff: contributionsOf(sum('staffTotal'), staff),
    returned: contributionsOf(sum('staffReturned'), returned),
  };
}

/** The counters of one part: its sums by name, and the numbers of contributions by bound. */
interface PartCounters {
  readonly sums: Map<string, number>;
  readonly staff: Map<number, number>;
  readonly returned: Map<number, number>;
}

const noCounters = (): PartCounters => ({ sums: new Map(), staff: new Map(), returned: new Map() });
const NO_COUNTERS = noCounters();

function countersOf(shares: ParkDaySharesItem | null): ReadonlyMap<string, PartCounters> {
  const parts = new Map<string, PartCounters>();
  for (const [name, value] of Object.entries(shares ?? {})) {
    const [sector, mode, size, counter, bound] = name.split('/');
    if (counter === undefined || typeof value !== 'number') continue;
    const part = `${sector}/${mode}/${size}`;
    const counters = parts.get(part) ?? noCounters();
    parts.set(part, counters);
    if (bound === undefined) counters.sums.set(counter, value);
    else counters[counter === 'staff' ? 'staff' : 'returned'].set(Number(bound), value);
  }
  return parts;
}
