/**
 * Copies of published arrangements of years, in each table whose functions count working days. They follow the stream of
 * parks, where administrators publish.
 */
import type { ArrangementFacts } from '../../domain/calendar/arrangement.ts';
import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { missingOrLess, put } from '../dynamodb/write.ts';
import { calendarYearKey } from '../tables/key.ts';

export type CalendarYearCopy = ReturnType<typeof calendarYearCopy>;
export function calendarYearCopy({ year, version, holidays, workedWeekendDays }: ArrangementFacts) {
  return {
    ...calendarYearKey(year),
    type: 'CalendarYearCopy' as const,
    year,
    version,
    holidays,
    workedWeekendDays,
    sourceVersion: version,
  };
}

/** Copies arrangements. One that isn't newer than the copy changes nothing, so that a stream's record may come twice or late. */
export async function copyCalendarYears(table: Table, arrangements: readonly ArrangementFacts[]): Promise<void> {
  const newest = new Map<number, ArrangementFacts>();
  for (const arrangement of arrangements) {
    const known = newest.get(arrangement.year);
    if (!known || known.version < arrangement.version) newest.set(arrangement.year, arrangement);
  }
  await transactGroups<'NEWER_COPIED'>(
    table,
    Array.from(newest.values(), (arrangement) => [
      put<'NEWER_COPIED'>(calendarYearCopy(arrangement), {
        when: missingOrLess('sourceVersion', arrangement.version),
        otherwise: 'NEWER_COPIED',
      }),
    ]),
  );
}
