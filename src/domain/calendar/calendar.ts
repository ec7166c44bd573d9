/**
 * Working days by the arrangement that the General Office of the State Council announces for each year: holidays, and the
 * weekend days that are worked to make up for them. Administrators publish the arrangements. The npm package chinese-days
 * has those of the years before.
 */
import chineseDays from 'chinese-days';
import { legalHolidays } from './legal-holidays.ts';

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

/** Returns the first working day that is not before a day. */
export function workingDayFrom(day: string, calendar: WorkingDays = CALENDAR): string {
  const { year, place } = placeOf(day);
  return dayOfRank(calendar, year, rankOf(calendar, year, place));
}

/**
 * Returns the working day `count` working days after a day, which itself isn't counted: 2026-09-30 and 5 give
 * 2026-10-13. The day itself where `count` is 0.
 */
export function addWorkingDays(day: string, count: number, calendar: WorkingDays = CALENDAR): string {
  if (count <= 0) return day;
  const { year, place } = placeOf(day);
  return dayOfRank(calendar, year, rankOf(calendar, year, place) + (calendar.isWorkingDay(day) ? count : count - 1));
}

/** Returns the working day `count` before a day, which itself isn't counted. The day itself where `count` is 0. */
export function workingDaysBefore(day: string, count: number, calendar: WorkingDays = CALENDAR): string {
  if (count <= 0) return day;
  const { year, place } = placeOf(day);
  return dayOfRank(calendar, year, rankOf(calendar, year, place) - count);
}

/** Returns the number of working days after `from`, up to and with `to`; 0 where `to` is not after `from`. */
export function countWorkingDays(from: string, to: string, calendar: WorkingDays = CALENDAR): number {
  if (to <= from) return 0;
  const [start, end] = [placeOf(from), placeOf(to)];
  let count = rankOf(calendar, end.year, end.place) - rankOf(calendar, start.year, start.place);
  for (let year = start.year; year < end.year; year += 1) count += indexedYear(calendar, year).worked.length;
  return count + (calendar.isWorkingDay(to) ? 1 : 0) - (calendar.isWorkingDay(from) ? 1 : 0);
}

/** The part of a calendar that counting needs. */
interface WorkingDays {
  isWorkingDay(day: string): boolean;
}

/**
 * One year of a calendar, for counting by prefix sums: a count takes a look-up for each year that it passes, not a step
 * for each day.
 */
interface IndexedYear {
  /** Every day of the year, as text. */
  readonly days: readonly string[];
  /** The number of working days before each day of the year. */
  readonly workedBefore: Uint16Array;
  /** The place in the year of each working day, in their order. */
  readonly worked: Uint16Array;
}

const MS_A_DAY = 86_400_000;
const daysOfYears = new Map<number, readonly string[]>();
const indexes = new WeakMap<WorkingDays, Map<number, IndexedYear>>();

function daysOfYear(year: number): readonly string[] {
  const known = daysOfYears.get(year);
  if (known) return known;
  const first = Date.parse(`${textOfYear(year)}-01-01T00:00:00Z`);
  const count = (new Date(first).setUTCFullYear(year + 1) - first) / MS_A_DAY;
  const days = Array.from({ length: count }, (_, i) => new Date(first + i * MS_A_DAY).toISOString().slice(0, 10));
  daysOfYears.set(year, days);
  return days;
}

const textOfYear = (year: number) => `${year}`.padStart(4, '0');

function indexedYear(calendar: WorkingDays, year: number): IndexedYear {
  let years = indexes.get(calendar);
  if (!years) {
    years = new Map();
    indexes.set(calendar, years);
  }
  let index = years.get(year);
  if (!index) {
    index = indexYear(calendar, daysOfYear(year));
    years.set(year, index);
  }
  return index;
}

function indexYear(calendar: WorkingDays, days: readonly string[]): IndexedYear {
  const workedBefore = new Uint16Array(days.length);
  const worked: number[] = [];
  for (const [place, day] of days.entries()) {
    workedBefore[place] = worked.length;
    if (calendar.isWorkingDay(day)) worked.push(place);
  }
  return { days, workedBefore, worked: Uint16Array.from(worked) };
}

/** Days before the first of each month, in a year that is no leap year. */
const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function placeOf(day: string): { readonly year: number; readonly place: number } {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const leapDay = month > 2 ? daysOfYear(year).length - 365 : 0;
  return { year, place: (BEFORE_MONTH[month - 1] ?? 0) + leapDay + Number(day.slice(8, 10)) - 1 };
}

/** Returns the number of working days before a day in its year. */
function rankOf(calendar: WorkingDays, year: number, place: number): number {
  return indexedYear(calendar, year).workedBefore[place] ?? 0;
}

/** Returns the working day with a rank that is counted from the start of a year, into earlier or later years. */
function dayOfRank(calendar: WorkingDays, startYear: number, startRank: number): string {
  let year = startYear;
  let rank = startRank;
  while (rank < 0) {
    year -= 1;
    rank += indexedYear(calendar, year).worked.length;
  }
  let index = indexedYear(calendar, year);
  while (rank >= index.worked.length) {
    rank -= index.worked.length;
    year += 1;
    index = indexedYear(calendar, year);
  }
  return index.days[index.worked[rank] ?? 0] ?? '';
}
