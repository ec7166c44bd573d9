import { isPeriod, type StatisticsPeriod } from '../../../domain/statistics/period.ts';
import { CodedError } from '../../../errors.ts';
import type { CaseKind } from '../../../storage/talent/items.ts';
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
  if (of == null) return (await statistics.latest(kind))[period === 'MONTH' ? 'month' : 'quarter'];
  if (isPeriod(period, of)) return of;
  const form = period === 'MONTH' ? '2026-10' : '2026-Q3';
  throw new CodedError('BAD_USER_INPUT', `\`of\` names a period as ${form}.`, { details: { argument: 'of' } });
}
