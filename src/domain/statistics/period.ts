/**
 * Closed months, `2026-10`, and quarters, `2026-Q4`, of published statistics. Periods of one unit compare as strings.
 */
import { addDays, addMonths } from '../calendar/day.ts';

export type StatisticsPeriod = 'MONTH' | 'QUARTER';

const FORMS = { MONTH: /^\d{4}-(0[1-9]|1[0-2])$/, QUARTER: /^\d{4}-Q[1-4]$/ } as const satisfies Record<
  StatisticsPeriod,
  RegExp
>;

export function isPeriod(unit: StatisticsPeriod, text: string): boolean {
  return FORMS[unit].test(text);
}

/** Returns the first and the last day of a month or a quarter. */
export function daysOf(period: string): { readonly from: string; readonly to: string } {
  const months = period.includes('Q') ? monthsOfQuarter(period) : [period];
  const from = `${months[0]}-01`;
  return { from, to: addDays(addMonths(`${months.at(-1)}-01`, 1), -1) };
}

/** Returns the three months of a quarter, in order. */
export function monthsOfQuarter(quarter: string): readonly string[] {
  const [year, number] = quarter.split('-Q');
  const first = `${year}-${String((Number(number) - 1) * 3 + 1).padStart(2, '0')}`;
  return [first, nextMonth(first), nextMonth(nextMonth(first))];
}

/** Returns the quarter that ends with a month; null where none does. */
export function quarterEndingWith(month: string): string | null {
  const [year, number] = month.split('-');
  return Number(number) % 3 === 0 ? `${year}-Q${Number(number) / 3}` : null;
}

export function nextMonth(month: string): string {
  return addMonths(`${month}-01`, 1).slice(0, 7);
}

/** Days of the next month before a month is published, so that late events still count in it. */
const PUBLICATION_DELAY_DAYS = 2;

/** Returns the last month that may be published on a day. */
export function publishableMonth(day: string): string {
  return addMonths(`${addDays(day, -PUBLICATION_DELAY_DAYS).slice(0, 7)}-01`, -1).slice(0, 7);
}
