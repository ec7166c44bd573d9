/**
 * Working days by the calendar that the State Council's General Office publishes for each year, with its holidays and the
 * Saturdays and Sundays that are worked to make up for them. The data are those of the npm package chinese-days.
 */
import chineseDays from 'chinese-days';
import { addDays } from './day.ts';

/** Kept beside every date that was computed, so that a recomputation can say what changed. */
export const CALENDAR_VERSION = 'chinese-days@1.5.7';

/** `PROVISIONAL` where the year is not published yet and only weekends are known to be free. */
export type CalendarStatus = 'PUBLISHED' | 'PROVISIONAL';

const published = new Map<string, boolean>();

export function calendarStatus(day: string): CalendarStatus {
  const year = day.slice(0, 4);
  let known = published.get(year);
  if (known === undefined) {
    known = chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;
    published.set(year, known);
  }
  return known ? 'PUBLISHED' : 'PROVISIONAL';
}

const working = new Map<string, boolean>();

export function isWorkingDay(day: string): boolean {
  let known = working.get(day);
  if (known === undefined) {
    known = chineseDays.isWorkday(day);
    working.set(day, known);
  }
  return known;
}

/** The first working day that is not before the day. */
export function workingDayFrom(day: string): string {
  let at = day;
  while (!isWorkingDay(at)) at = addDays(at, 1);
  return at;
}

/** The working day so many after a day, which itself isn't counted: 2026-09-30 and 5 give 2026-10-13. */
export function addWorkingDays(day: string, count: number): string {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}
