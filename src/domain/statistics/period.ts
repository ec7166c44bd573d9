/**
 * Closed months, `2026-10`, and quarters, `2026-Q4`, of published statistics, and what four published quarters make
 * together: years, `2026`, and rolling years, `2025-Q4/2026-Q3`. Periods of one unit compare as strings.
 */
import { addDays, addMonths } from '../calendar/day.ts';

export type StatisticsPeriod = 'MONTH' | 'QUARTER' | 'YEAR' | 'ROLLING_YEAR';

const FORMS = {
  MONTH: /^\d{4}-(0[1-9]|1[0-2])$/,
  QUARTER: /^\d{4}-Q[1-4]$/,
  YEAR: /^\d{4}$/,
  ROLLING_YEAR: /^\d{4}-Q[1-4]\/\d{4}-Q[1-4]$/,
} as const satisfies Record<StatisticsPeriod, RegExp>;

/** A period of each unit, as an example in messages. */
export const PERIOD_EXAMPLES = {
  MONTH: '2026-10',
  QUARTER: '2026-Q3',
  YEAR: '2026',
  ROLLING_YEAR: '2025-Q4/2026-Q3',
} as const satisfies Record<StatisticsPeriod, string>;

export function isPeriod(unit: StatisticsPeriod, text: string): boolean {
  return FORMS[unit].test(text) && (unit !== 'ROLLING_YEAR' || rollingYearTo(text.slice(-7)) === text);
}

/** Returns the four quarters of a year or a rolling year, in order; undefined for a month or a quarter. */
export function quartersOf(period: string): readonly string[] | undefined {
  if (FORMS.YEAR.test(period)) return [1, 2, 3, 4].map((number) => `${period}-Q${number}`);
  if (!FORMS.ROLLING_YEAR.test(period)) return undefined;
  const last = period.slice(-7);
  return [-3, -2, -1, 0].map((quarters) => quarterOf(addMonths(`${monthsOfQuarter(last)[0]}-01`, quarters * 3)));
}

const quarterOf = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

const rollingYearTo = (quarter: string) =>
  `${quarterOf(addMonths(`${monthsOfQuarter(quarter)[0]}-01`, -9))}/${quarter}`;

/** Returns the period of a unit that lies at or before the last published ones; null where none is published. */
export function lastPeriod(
  unit: StatisticsPeriod,
  { month, quarter }: { readonly month: string | null; readonly quarter: string | null },
): string | null {
  if (unit === 'MONTH') return month;
  if (quarter === null || unit === 'QUARTER') return quarter;
  if (unit === 'ROLLING_YEAR') return rollingYearTo(quarter);
  return quarter.endsWith('Q4') ? quarter.slice(0, 4) : String(Number(quarter.slice(0, 4)) - 1);
}

const MONTHS_BETWEEN = { MONTH: 1, QUARTER: 3, YEAR: 12, ROLLING_YEAR: 3 } as const satisfies Record<
  StatisticsPeriod,
  number
>;

/** Returns the `count` periods of a unit up to one of them, in order. */
export function periodsUpTo(unit: StatisticsPeriod, last: string, count: number): readonly string[] {
  const { to } = daysOf(last);
  return Array.from({ length: count }, (_, index) => {
    const end = addMonths(`${to.slice(0, 7)}-01`, (index + 1 - count) * MONTHS_BETWEEN[unit]);
    if (unit === 'MONTH') return end.slice(0, 7);
    if (unit === 'YEAR') return end.slice(0, 4);
    return unit === 'QUARTER' ? quarterOf(end) : rollingYearTo(quarterOf(end));
  });
}

/** Returns the first and the last day of a period. */
export function daysOf(period: string): { readonly from: string; readonly to: string } {
  const quarters = quartersOf(period);
  if (quarters) return { from: daysOf(quarters[0] ?? '').from, to: daysOf(quarters.at(-1) ?? '').to };
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
