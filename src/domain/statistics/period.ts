/** Closed months, `2026-10`, and quarters, `2026-Q4`, that statistics are published for. Periods of one unit compare as texts. */
import { addDays, addMonths } from '../calendar/day.ts';

export type StatisticsPeriod = 'MONTH' | 'QUARTER';

const FORMS = { MONTH: /^\d{4}-(0[1-9]|1[0-2])$/, QUARTER: /^\d{4}-Q[1-4]$/ } as const satisfies Record<
  StatisticsPeriod,
  RegExp
>;

export function isPeriod(unit: StatisticsPeriod, text: string): boolean {
  return FORMS[unit].test(text);
}

/** The first and the last day of a month or a quarter. */
export function daysOf(period: string): { readonly from: string; readonly to: string } {
  const months = period.includes('Q') ? monthsOfQuarter(period) : [period];
  const from = `${months[0]}-01`;
  return { from, to: addDays(addMonths(`${months.at(-1)}-01`, 1), -1) };
}

/** The three months of a quarter, in order. */
export function monthsOfQuarter(quarter: string): readonly string[] {
  const [year, number] = quarter.split('-Q');
  const first = `${year}-${String((Number(number) - 1) * 3 + 1).padStart(2, '0')}`;
  return [first, nextMonth(first), nextMonth(nextMonth(first))];
}

/** The quarter that ends with a month; null where none does. */
export function quarterEndingWith(month: string): string | null {
  const [year, number] = month.split('-');
  return Number(number) % 3 === 0 ? `${year}-Q${Number(number) / 3}` : null;
}

export function nextMonth(month: string): string {
  return addMonths(`${month}-01`, 1).slice(0, 7);
}

/** A month is published when so many days of the next one are over: what is late on its way still counts in it. */
const DAYS_TO_WAIT = 2;

/** The last month that may be published on a day. */
export function publishableMonth(day: string): string {
  return addMonths(`${addDays(day, -DAYS_TO_WAIT).slice(0, 7)}-01`, -1).slice(0, 7);
}
