/**
 * Working days by the calendar that the General Office of the State Council publishes each year: holidays, and the
 * weekend days that are worked to make up for them. The data are those of the npm package chinese-days.
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

/** The calendar of the installed package. */
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
