import type { DayInterval } from '../calendar/day.ts';
import { addDays, addMonths } from '../calendar/day.ts';
import type { Rounding } from '../indicators/indicator.ts';
import type { Localized } from '../locale.ts';

export const PERIOD_UNITS = ['DAY', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** One published figure, in one revision. Decimal numbers are texts. */
export interface FigureRecord {
  readonly revision: number;
  readonly value: string;
  readonly approximate: boolean;
  readonly yearOnYear: string | null;
  readonly status: 'PRELIMINARY' | 'REVISED' | 'FINAL';
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly scope: Localized | null;
  readonly rounding: Rounding | null;
  readonly source: { readonly title: Localized; readonly publishedOn: string };
}

export interface ObservationFacts {
  /** The id of the observed park. */
  readonly geographyId: string;
  readonly indicatorId: string;
  readonly period: DayInterval & { readonly unit: PeriodUnit; readonly to: string };
  readonly basis: 'PERIOD' | 'YTD' | 'CUMULATIVE' | 'POINT';
  readonly unit: string;
  /** The newest revision. */
  readonly figure: FigureRecord;
  /** The replaced revisions, newest first. */
  readonly earlier: readonly FigureRecord[];
}

const MONTHS = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

/** Returns whether an interval is a whole day, month, quarter or year of the calendar. */
export function isWholePeriod({ unit, from, to }: ObservationFacts['period']): boolean {
  if (unit === 'DAY') return from === to;
  const months = MONTHS[unit];
  const begins = from.endsWith('-01') && (Number(from.slice(5, 7)) - 1) % months === 0;
  return begins && to === addDays(addMonths(from, months), -1);
}
