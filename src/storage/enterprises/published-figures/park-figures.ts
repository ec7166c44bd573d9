import type { Sector, SizeClass } from '../../../domain/enterprises/industry.ts';
import type { ClassifiedStep } from '../../../domain/enterprises/residency.ts';
import { isIdOf } from '../../../domain/ids.ts';
import { type DayFigures, dayFiguresOf } from '../../../domain/published-figures/published-day.ts';
import { EMPTY_TALLY, type ResidencyLevel } from '../../../domain/published-figures/resumption.ts';
import { itemLoader, keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { readFirst, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type {
  CountedItem,
  FigureRevisionItem,
  ParkDayItem,
  ParkDayPartsItem,
  ParkDaySharesItem,
  ParkFiguresItem,
  ParkPublicationItem,
  ParkStepsItem,
  PublishedDayItem,
} from '../items.ts';

/** Loads the counted and published figures of parks. */
export interface ParkFigures {
  readonly ofPark: Loader<string, ParkFiguresItem | null>;
  readonly publicationOf: Loader<string, ParkPublicationItem | null>;
  readonly ofDay: Loader<ParkDay, ParkDayItem | null>;
  /** The sums over a day's reports by sector, size class and mode. */
  readonly partsOfDay: Loader<ParkDay, ParkDayPartsItem | null>;
  /** The bounds of a day's contributions, by which its breakdowns are suppressed. */
  readonly sharesOfDay: Loader<ParkDay, ParkDaySharesItem | null>;
  /** Returns the residents of a day, of four items that neighbouring days share. */
  levelOn(parkId: string, on: string): Promise<ResidencyLevel>;
  /** Returns the residents of a day by sector and size class, likewise. */
  classLevelsOn(parkId: string, on: string): Promise<ClassLevels>;
  readonly publishedDay: Loader<ParkDay, PublishedDayItem | null>;
  readonly revision: Loader<ParkRevision, FigureRevisionItem | null>;
  /** Returns the last day with a report; null where there is none. Takes a call only if the hint's day has none. */
  lastReportedOn(figures: ParkFiguresItem): Promise<string | null>;
  /** Lists the days with a report or a publication, oldest first; both ends included. */
  ofDays(parkId: string, from: string, to: string): Promise<readonly DayItems[]>;
}

export interface ParkDay {
  readonly parkId: string;
  readonly on: string;
}

interface ParkSteps {
  readonly parkId: string;
  readonly sums: StepSums;
  readonly period: string;
}

export interface ParkRevision extends ParkDay {
  readonly revision: number;
}

/** The stored items of one day. */
export interface DayItems {
  readonly on: string;
  readonly counted: ParkDayItem | null;
  readonly published: PublishedDayItem | null;
}

export function openParkFigures(table: Table): ParkFigures {
  const ofDay = keyLoader<ParkDay, ParkDayItem>(table, ({ parkId, on }) => enterpriseKeys.parkDay(parkId, on));
  const steps = keyLoader<ParkSteps, ParkStepsItem>(table, ({ parkId, sums, period }) =>
    enterpriseKeys.parkSteps(parkId, sums, period),
  );
  const stepsOn = (parkId: string, sums: StepSums, on: string) => {
    const periods = isIdOf('park', parkId) ? periodsOf(on) : [];
    return steps.loadMany(periods.map(({ period }) => ({ parkId, sums, period })));
  };
  return {
    ofPark: itemLoader<ParkFiguresItem>(table, 'park', enterpriseKeys.parkFigures),
    publicationOf: itemLoader<ParkPublicationItem>(table, 'park', enterpriseKeys.parkPublication),
    ofDay,
    partsOfDay: keyLoader<ParkDay, ParkDayPartsItem>(table, ({ parkId, on }) =>
      enterpriseKeys.parkDayParts(parkId, on),
    ),
    sharesOfDay: keyLoader<ParkDay, ParkDaySharesItem>(table, ({ parkId, on }) =>
      enterpriseKeys.parkDayShares(parkId, on),
    ),
    levelOn: async (parkId, on) => residencyLevelOf(await stepsOn(parkId, 'ALL', on), on),
    classLevelsOn: async (parkId, on) => classLevelsOf(await stepsOn(parkId, 'CLASSES', on), on),
    publishedDay: keyLoader<ParkDay, PublishedDayItem>(table, ({ parkId, on }) =>
      enterpriseKeys.publishedDay(parkId, on),
    ),
    revision: keyLoader<ParkRevision, FigureRevisionItem>(table, ({ parkId, on, revision }) =>
      enterpriseKeys.figureRevision(parkId, on, revision),
    ),
    async lastReportedOn({ parkId, lastReportedOn }) {
      if (lastReportedOn === undefined) return null;
      const day = await ofDay.load({ parkId, on: lastReportedOn });
      if (day && day.reported > 0) return lastReportedOn;
      return lastReportedBefore(table, parkId, lastReportedOn);
    },
    ofDays: async (parkId, from, to) => {
      const items = await readRange<ParkDayItem | PublishedDayItem>(table, {
        partition: enterpriseKeys.parkDay(parkId, from).pk,
        sort: { from: enterpriseKeys.parkDay(parkId, from).sk, to: enterpriseKeys.publishedDay(parkId, to).sk },
      });
      return Array.from(
        Map.groupBy(items, ({ on }) => on),
        ([on, ofDay]) => ({
          on,
          counted: ofDay.find((item) => item.type === 'ParkDay') ?? null,
          published: ofDay.find((item) => item.type === 'PublishedDay') ?? null,
        }),
      );
    },
  };
}

/** Days per Query when looking for the last one with a report. */
const DAYS_A_QUERY = 50;

/** Returns the last day before another with a report that is not withdrawn; null where there is none. */
async function lastReportedBefore(table: Table, parkId: string, day: string): Promise<string | null> {
  const first = enterpriseKeys.parkDay(parkId, '');
  const sort = { from: first.sk, to: enterpriseKeys.parkDay(parkId, day).sk };
  const range = { partition: first.pk, sort, backwards: true };
  const found = await readFirst<ParkDayItem | PublishedDayItem>(
    table,
    range,
    DAYS_A_QUERY,
    (item) => item.type === 'ParkDay' && item.reported > 0,
  );
  return found?.on ?? null;
}

/**
 * The sums of a park's residency steps, as a tree over the digits of their days: an item per month with counters per day,
 * per year with counters per month, per decade with counters per year, and one with counters per decade. A step adds to
 * the four items of its day without a read. The level of a day takes the same four items, in any year.
 */

export type Counters = Readonly<Record<string, number>>;

/** The sums over all steps, or those by sector, by size class and by both. */
export const STEP_SUMS = ['ALL', 'CLASSES'] as const;
export type StepSums = (typeof STEP_SUMS)[number];

/** Returns the periods that contain a day, the month first, and the part of each in which the day is. */
export function periodsOf(day: string): readonly { readonly period: string; readonly part: string }[] {
  return [
    { period: day.slice(0, 7), part: day.slice(8) },
    { period: day.slice(0, 4), part: day.slice(5, 7) },
    { period: day.slice(0, 3), part: day.slice(3, 4) },
    { period: '', part: day.slice(0, 3) },
  ];
}

/** Returns the counters of a step in a part of a period. */
export function stepCounters(sums: StepSums, part: string, step: ClassifiedStep): Counters {
  const { residents, registeredStaff, sector, sizeClass } = step;
  if (sums === 'ALL') return { [`${part}/residents`]: residents, [`${part}/registeredStaff`]: registeredStaff };
  return {
    [`${part}/residents/${sector}`]: residents,
    [`${part}/registeredStaff/${sector}`]: registeredStaff,
    [`${part}/residents/${sizeClass}`]: residents,
    [`${part}/registeredStaff/${sizeClass}`]: registeredStaff,
    [`${part}/residents/${sector}/${sizeClass}`]: residents,
    [`${part}/registeredStaff/${sector}/${sizeClass}`]: registeredStaff,
  };
}

/** The residents of a park on a day and their registered staff, by sector, by size class and by both. */
export interface ClassLevels {
  of(name: Sector | SizeClass): ResidencyLevel;
  ofBoth(sector: Sector, size: SizeClass): ResidencyLevel;
}

/**
 * Returns the level of a day.
 * @param items those of `periodsOf(day)`, in their order; null where no step is in the period
 */
export function residencyLevelOf(items: readonly (ParkStepsItem | null)[], day: string): ResidencyLevel {
  const sums = sumsOf(items, day);
  return { residents: sums.get('residents') ?? 0, registeredStaff: sums.get('registeredStaff') ?? 0 };
}

/** Returns the levels of a day by class, from the items of `periodsOf(day)`. */
export function classLevelsOf(items: readonly (ParkStepsItem | null)[], day: string): ClassLevels {
  const sums = sumsOf(items, day);
  const sumOf = (counter: string, name: string) => sums.get(`${counter}/${name}`) ?? 0;
  const of = (name: string) => {
    return { residents: sumOf('residents', name), registeredStaff: sumOf('registeredStaff', name) };
  };
  return { of, ofBoth: (sector, size) => of(`${sector}/${size}`) };
}

/** Returns the sums of all counters up to a day: its own part of the month, and the parts before it of every period. */
function sumsOf(items: readonly (ParkStepsItem | null)[], day: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [i, { part: own }] of periodsOf(day).entries()) {
    for (const [name, value] of Object.entries(items[i] ?? {})) {
      const [part = '', ...counter] = name.split('/');
      const isBefore = part < own || (i === 0 && part === own);
      if (typeof value !== 'number' || counter.length === 0 || !isBefore) continue;
      const key = counter.join('/');
      sums.set(key, (sums.get(key) ?? 0) + value);
    }
  }
  return sums;
}

/** Returns a function that computes a park's figures of a day from counted items. */
export function countedDays(items: readonly CountedItem[]): (parkId: string, on: string) => DayFigures {
  const textOf = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;
  const stored = new Map(items.map((item) => [textOf(item), item]));
  const at = <Item extends CountedItem>(key: PrimaryKey) => (stored.get(textOf(key)) as Item | undefined) ?? null;
  return (parkId, on) => {
    const steps = periodsOf(on).map(({ period }) => at<ParkStepsItem>(enterpriseKeys.parkSteps(parkId, 'ALL', period)));
    const tally = at<ParkDayItem>(enterpriseKeys.parkDay(parkId, on)) ?? EMPTY_TALLY;
    return dayFiguresOf(tally, residencyLevelOf(steps, on));
  };
}
