/** Counts of demo cases and the statistics of closed months, made as the stream consumer counts and publishes. */

import { CALENDAR } from '../../../domain/calendar/calendar.ts';
import { shanghaiInstant } from '../../../domain/calendar/day.ts';
import { CASE_KINDS, type CaseKind } from '../../../domain/case-types/case-type.ts';
import { afterEvent, type CaseCourse } from '../../../domain/cases/fold.ts';
import { WAITING_ON } from '../../../domain/cases/state.ts';
import { type CaseCount, type CountedCase, countsOfChange } from '../../../domain/statistics/counting.ts';
import {
  daysOf,
  monthsOfQuarter,
  nextMonth,
  publishableMonth,
  quarterEndingWith,
} from '../../../domain/statistics/period.ts';
import { closeQuarter, type StatisticsTable } from '../../../domain/statistics/statistics.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import { sumCaseCounts } from '../../../storage/talent/statistics/count-cases.ts';
import {
  type ClosedTally,
  closedTallyItem,
  closingItem,
  countersOf,
  publicationItem,
  tallyPlace,
} from '../../../storage/talent/statistics/items.ts';
import { closeTallies, monthTable, statisticsRows, THRESHOLDS } from '../../../storage/talent/statistics/publish.ts';
import type { DemoCase } from './cases.ts';

/** Returns the counts of each event of a case. */
export function countsOfCase({ facts, events }: DemoCase): readonly CaseCount[] {
  let before: CountedCase | null = null;
  let course: CaseCourse | null = null;
  const counts: CaseCount[] = [];
  for (const event of events) {
    course = afterEvent(course, event);
    if (!course) throw new Error('the log does not fold');
    const after: CountedCase = { ...facts, course, waitingOn: WAITING_ON[course.state] };
    counts.push(...countsOfChange(before, after, { at: event.at, calendar: CALENDAR }));
    before = after;
  }
  return counts;
}

/** Adds counts of more cases to the sums, one per tally. */
export function addCounts(sums: readonly CaseCount[], more: Iterable<CaseCount>): readonly CaseCount[] {
  return sumCaseCounts([...sums, ...more]);
}

/**
 * Yields tallies, and the published statistics of each month that has ended.
 * @param earlier counts of closed months that no case of the demo data explains: they are published, and no tally has
 * them, because a rebuild counts cases anew
 */
export function* caseFigureItems(
  counts: readonly CaseCount[],
  today: string,
  earlier: readonly CaseCount[] = [],
): Generator<PrimaryKey> {
  for (const count of counts) {
    const { key, identity } = tallyPlace(count);
    yield { ...key, ...identity, ...countersOf(count.add) } as PrimaryKey;
  }
  const all = addCounts(counts, earlier);
  for (const kind of CASE_KINDS) {
    yield* publishedItems(
      kind,
      all.filter((count) => count.kind === kind),
      publishableMonth(today),
    );
  }
}

function* publishedItems(kind: CaseKind, counts: readonly CaseCount[], last: string): Generator<PrimaryKey> {
  const first = counts.map(({ month }) => month).sort()[0];
  if (first === undefined || first > last) return;
  let closed: readonly ClosedTally[] = [];
  let quarter: string | null = null;
  const tables = new Map<string, StatisticsTable>();
  for (let month = first; month <= last; month = nextMonth(month)) {
    const ofMonth = counts.filter((count) => count.month === month);
    closed = closeTallies(
      closed,
      ofMonth.map(({ zoneId, parkId, route, add: tally }) => ({ zoneId, parkId, route, tally })),
    );
    for (const tally of closed) yield closedTallyItem(kind, month, tally);
    const table = monthTable(kind, closed);
    tables.set(month, table);
    yield* publication(kind, month, table);
    const ended = quarterEndingWith(month);
    const months = ended === null ? [] : monthsOfQuarter(ended).flatMap((of) => tables.get(of) ?? []);
    if (ended === null || months.length < 3) continue;
    yield* publication(kind, ended, closeQuarter(months, THRESHOLDS[kind]));
    quarter = ended;
  }
  yield closingItem(kind, { month: last, published: last, quarter });
}

function* publication(kind: CaseKind, period: string, table: StatisticsTable): Generator<PrimaryKey> {
  yield* statisticsRows(kind, period, table);
  const publishedAt = shanghaiInstant(daysOf(period).to, '23:59:59').toISOString();
  yield publicationItem(kind, period, publishedAt, THRESHOLDS[kind]);
}
