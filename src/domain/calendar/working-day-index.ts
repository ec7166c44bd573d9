/**
 * Working days counted by prefix sums: for each year of a calendar, how many of its days are worked before each day, and
 * which day is the k-th that is worked. A count takes a look-up for each year that it passes, not a step for each day.
 */

/** The days of a calendar that are worked. */
export interface WorkingDays {
  isWorkingDay(day: string): boolean;
}

/** One year of a calendar. */
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

/** Returns the first working day that is not before a day. */
export function workingDayFrom(calendar: WorkingDays, day: string): string {
  const { year, place } = placeOf(day);
  return dayOfRank(calendar, year, rankOf(calendar, year, place));
}

/** Returns the working day `count` after a day, which itself isn't counted. The day itself where `count` is 0. */
export function workingDayAfter(calendar: WorkingDays, day: string, count: number): string {
  if (count <= 0) return day;
  const { year, place } = placeOf(day);
  return dayOfRank(calendar, year, rankOf(calendar, year, place) + (calendar.isWorkingDay(day) ? count : count - 1));
}

/** Returns the working day `count` before a day, which itself isn't counted. The day itself where `count` is 0. */
export function workingDayBefore(calendar: WorkingDays, day: string, count: number): string {
  if (count <= 0) return day;
  const { year, place } = placeOf(day);
  return dayOfRank(calendar, year, rankOf(calendar, year, place) - count);
}

/** Returns the number of working days after `from`, up to and with `to`; 0 where `to` is not after `from`. */
export function workingDaysBetween(calendar: WorkingDays, from: string, to: string): number {
  if (to <= from) return 0;
  const [start, end] = [placeOf(from), placeOf(to)];
  let count = rankOf(calendar, end.year, end.place) - rankOf(calendar, start.year, start.place);
  for (let year = start.year; year < end.year; year += 1) count += indexedYear(calendar, year).worked.length;
  return count + (calendar.isWorkingDay(to) ? 1 : 0) - (calendar.isWorkingDay(from) ? 1 : 0);
}
