import {
  daysOf,
  isPeriod,
  lastPeriod,
  PERIOD_EXAMPLES,
  periodsUpTo,
  type StatisticsPeriod,
} from '../../../domain/statistics/period.ts';
import { CodedError } from '../../../errors.ts';
import type { CaseKind } from '../../../storage/talent/items.ts';
import type { Publication } from '../../../storage/talent/statistics/statistics.ts';
import type { TalentStore } from '../../../storage/talent/store.ts';

interface PeriodOfKind {
  readonly kind: CaseKind;
  readonly period: StatisticsPeriod;
  /** Default: the last published period. */
  readonly of?: string | null;
}

/**
 * Returns the requested period, or null if none is published yet.
 * @throws CodedError BAD_USER_INPUT for a period of another unit
 */
export async function periodOf(
  { statistics }: TalentStore,
  { kind, period, of }: PeriodOfKind,
): Promise<string | null> {
  if (of == null) return lastPeriod(period, await statistics.latest(kind));
  if (isPeriod(period, of)) return of;
  throw new CodedError('BAD_USER_INPUT', `\`of\` names a period as ${PERIOD_EXAMPLES[period]}.`, {
    details: { argument: 'of' },
  });
}

/** Most periods of a series. */
const MAX_PERIODS = 36;
/** Periods of a series without a first day. */
const PERIODS_OF_SERIES = 12;

interface SeriesOfKind {
  readonly kind: CaseKind;
  readonly by: StatisticsPeriod;
  readonly from?: string | null;
  readonly to?: string | null;
}

/**
 * Returns the published periods of a unit that lie between two days, in order, of the last `MAX_PERIODS`. Without `to`
 * they end with the last published one, without `from` they are the last twelve.
 */
export async function publishedSeries(
  { statistics }: TalentStore,
  { kind, by, from, to }: SeriesOfKind,
): Promise<readonly Publication[]> {
  const last = lastPeriod(by, await statistics.latest(kind));
  if (last === null) return [];
  const known = periodsUpTo(by, last, MAX_PERIODS);
  const until = known.filter((period) => to == null || daysOf(period).to <= to);
  const wanted = from == null ? until.slice(-PERIODS_OF_SERIES) : until.filter((period) => daysOf(period).from >= from);
  const found = await Promise.all(wanted.map((period) => statistics.publication(kind, period)));
  return found.filter((each) => each !== null);
}
