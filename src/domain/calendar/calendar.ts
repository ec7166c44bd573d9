/**
 * Working days by the arrangement that the General Office of the State Council announces for each year: holidays, and the
 * weekend days that are worked to make up for them. Administrators publish the arrangements. The npm package chinese-days
 * has those of the years before.
 */
import chineseDays from 'chinese-days';
import { legalHolidays } from './legal-holidays.ts';
import * as indexed from './working-day-index.ts';

/**
 * `PROVISIONAL` while the year is not published yet. Then weekends are free and the days that the law itself names; the
 * days that are worked to make up for them are not known.
 */
export type CalendarStatus = 'PUBLISHED' | 'PROVISIONAL';

/** One known version of the calendar of working days. */
export interface Calendar {
  /** Stored beside every computed date, so that a recomputation can state the change. */
  readonly version: string;
  isWorkingDay(day: string): boolean;
  /** Returns the status of the day's year. */
  statusOf(day: string): CalendarStatus;
}

/** The arrangement of one year. Its holidays may begin in December of the year before. */
export interface ArrangedYear {
  readonly year: number;
  readonly version: number;
  readonly holidays: readonly string[];
  /** Saturdays and Sundays that are worked. */
  readonly workedWeekendDays: readonly string[];
}

/** The calendar of the installed package, which holds where nothing is published. */
export const CALENDAR: Calendar = {
  version: 'chinese-days@1.5.7+legal-holidays',
  isWorkingDay: remembered((day) => chineseDays.isWorkday(day) && !isFreeByLaw(day)),
  statusOf: (day) => statusOfYear(day.slice(0, 4)),
};

const statusOfYear = remembered((year): CalendarStatus => {
  const holidays = chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false);
  return holidays.length > 0 ? 'PUBLISHED' : 'PROVISIONAL';
});

/** Returns whether the law alone makes a day free, since its year has no arrangement yet. */
function isFreeByLaw(day: string): boolean {
  const year = day.slice(0, 4);
  return statusOfYear(year) === 'PROVISIONAL' && holidaysOfYear(year).has(day);
}

const holidaysOfYear = remembered(legalHolidays);

/** Returns the calendar with published arrangements, each of which goes before the package's year. */
export function calendarWith(arrangements: readonly ArrangedYear[]): Calendar {
  if (arrangements.length === 0) return CALENDAR;
  const years = new Map(arrangements.map((each) => [each.year, each]));
  const named = new Map(
    [...arrangements]
      .sort((a, b) => a.year - b.year)
      .flatMap(({ holidays, workedWeekendDays }) => [
        ...holidays.map((day) => [day, false] as const),
        ...workedWeekendDays.map((day) => [day, true] as const),
      ]),
  );
  return {
    version: versionWith(arrangements),
    isWorkingDay: (day) => named.get(day) ?? (years.has(yearOf(day)) ? !isWeekend(day) : CALENDAR.isWorkingDay(day)),
    statusOf: (day) => (years.has(yearOf(day)) ? 'PUBLISHED' : CALENDAR.statusOf(day)),
  };
}

const yearOf = (day: string) => Number(day.slice(0, 4));

/** Returns whether a day is a Saturday or a Sunday. */
export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** Returns a version such as `chinese-days@1.5.7+legal-holidays+2027@1`. */
function versionWith(arrangements: readonly ArrangedYear[]): string {
  const parts = arrangements.map(({ year, version }) => `${year}@${version}`).sort();
  return [CALENDAR.version, ...parts].join('+');
}

/** Returns whether a version of the calendar has an arrangement that another one lacks. */
export function isNewerCalendar(version: string, than: string): boolean {
  const known = arrangementsIn(than);
  return [...arrangementsIn(version)].some(([year, number]) => number > (known.get(year) ?? 0));
}

/** Returns the years whose arrangement a version of the calendar has, and another one has not. */
export function yearsArrangedBetween(former: string, version: string): readonly string[] {
  const before = arrangementsIn(former);
  return [...arrangementsIn(version)].flatMap(([year, number]) => (before.get(year) === number ? [] : [year]));
}

function arrangementsIn(version: string): ReadonlyMap<string, number> {
  return new Map(Array.from(version.matchAll(/\+(\d{4})@(\d+)/g), ([, year = '', number]) => [year, Number(number)]));
}

function remembered<Value>(find: (of: string) => Value): (of: string) => Value {
  const known = new Map<string, Value>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const found = find(of);
    known.set(of, found);
    return found;
  };
}

export function isWorkingDay(day: string, calendar = CALENDAR): boolean {
  return calendar.isWorkingDay(day);
}

/** Returns the first working day that is not before the day. */
export function workingDayFrom(day: string, calendar = CALENDAR): string {
  return indexed.workingDayFrom(calendar, day);
}

/**
 * Returns the working day `count` working days after a day, which itself isn't counted: 2026-09-30 and 5 give
 * 2026-10-13.
 */
export function addWorkingDays(day: string, count: number, calendar = CALENDAR): string {
  return indexed.workingDayAfter(calendar, day, count);
}

/** Returns the working day `count` working days before a day, which itself isn't counted. */
export function workingDaysBefore(day: string, count: number, calendar = CALENDAR): string {
  return indexed.workingDayBefore(calendar, day, count);
}

/** Returns the number of working days after `from`, up to and with `to`. */
export function countWorkingDays(from: string, to: string, calendar = CALENDAR): number {
  return indexed.workingDaysBetween(calendar, from, to);
}
