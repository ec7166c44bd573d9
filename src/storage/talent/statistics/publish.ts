import { monthsOfQuarter, nextMonth, quarterEndingWith } from '../../../domain/statistics/period.ts';
import { closeMonth, closeQuarter, type StatisticsTable } from '../../../domain/statistics/statistics.ts';
import { PEOPLE_THRESHOLD, SENSITIVE_THRESHOLD } from '../../../domain/statistics/suppression.ts';
import { addCaseTallies, EMPTY_CASE_TALLY } from '../../../domain/statistics/tally.ts';
import { batchWrite, MAX_ITEMS_A_WRITE } from '../../dynamodb/batch.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { isNew, put } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentKeys, talentPartitions } from '../../tables.ts';
import type { CaseKind } from '../items.ts';
import {
  type CaseTallyItem,
  type ClosedTally,
  type ClosingItem,
  closedTallyItem,
  closingItem,
  keptOf,
  publicationItem,
  type StatisticsRowItem,
  statisticsRowItem,
  tallyOf,
} from './items.ts';

/** Thresholds by kind. Cases of schooling concern children, whose data are sensitive. */
export const THRESHOLDS = {
  HUKOU: PEOPLE_THRESHOLD,
  HOUSING: PEOPLE_THRESHOLD,
  SCHOOLING: SENSITIVE_THRESHOLD,
} as const satisfies Record<CaseKind, number>;

/** Returns the tallies of a closed month, with the waiting cases at its end. */
export function closeTallies(before: readonly ClosedTally[], month: readonly ClosedTally[]): readonly ClosedTally[] {
  const closed = new Map<string, ClosedTally>();
  const leaf = ({ zoneId, parkId, route }: ClosedTally) => JSON.stringify([zoneId, parkId, route]);
  for (const { tally, ...place } of before) {
    const standing = { ...EMPTY_CASE_TALLY, waiting: tally.waiting };
    closed.set(leaf({ tally, ...place }), { ...place, tally: standing });
  }
  for (const open of month) {
    const standing = closed.get(leaf(open))?.tally ?? EMPTY_CASE_TALLY;
    closed.set(leaf(open), { ...open, tally: addCaseTallies(standing, open.tally) });
  }
  return [...closed.values()];
}

/** Returns the table of a closed month. */
export function monthTable(kind: CaseKind, closed: readonly ClosedTally[]): StatisticsTable {
  return closeMonth(closed, THRESHOLDS[kind]);
}

/** Returns the published rows of a period, without the publication item. */
export function statisticsRows(kind: CaseKind, period: string, { rows, kept }: StatisticsTable): StatisticsRowItem[] {
  return rows.map((row) => statisticsRowItem(kind, period, row, kept, THRESHOLDS[kind]));
}

/**
 * Publishes the closed, unpublished months of a kind, and the quarters that end with them, in order. Earlier
 * publications stay unchanged, and a repeated call continues an interrupted one.
 * @param lastClosed the last month to publish, `2026-10`
 * @returns the periods published by this call
 */
export async function publishStatistics(
  table: Table,
  kind: CaseKind,
  lastClosed: string,
  now: Date,
): Promise<readonly string[]> {
  const published: string[] = [];
  let closing = await readItem<ClosingItem>(table, talentKeys.closing(kind), { consistent: true });
  for (let month = firstToPublish(closing, lastClosed); month <= lastClosed; month = nextMonth(month)) {
    const before = closing?.published ?? null;
    // The month is closed now, and late changes count in a later one.
    closing = closingItem(kind, { month, published: before, quarter: closing?.quarter ?? null });
    await transact(table, [put(closing)]);
    const standing = before === null ? [] : await readClosed(table, kind, before);
    const tallies = await readRange<CaseTallyItem>(table, { partition: talentPartitions.caseTallies(kind, month) });
    const closed = closeTallies(standing, tallies.map(closedOf));
    await writeAll(
      table,
      closed.map((tally) => closedTallyItem(kind, month, tally)),
    );
    if (await publish(table, kind, month, monthTable(kind, closed), now)) published.push(month);
    const quarter = quarterEndingWith(month);
    const closes = quarter !== null && (await publishQuarter(table, kind, quarter, now));
    if (closes) published.push(quarter);
    closing = closingItem(kind, { month, published: month, quarter: closes ? quarter : closing.quarter });
    await transact(table, [put(closing)]);
  }
  return published;
}

/** Returns the first month to publish, which may be closed already. */
function firstToPublish(closing: ClosingItem | null, lastClosed: string): string {
  if (closing === null) return lastClosed;
  return closing.published === closing.month ? nextMonth(closing.month) : closing.month;
}

/** Returns false where one of its months isn't published, as in the first quarter. */
async function publishQuarter(table: Table, kind: CaseKind, quarter: string, now: Date): Promise<boolean> {
  const months: StatisticsTable[] = [];
  for (const month of monthsOfQuarter(quarter)) {
    if (!(await readItem(table, talentKeys.publication(kind, month), { consistent: true }))) return false;
    const { rows } = monthTable(kind, await readClosed(table, kind, month));
    const shown = await readRange<StatisticsRowItem>(table, { partition: talentPartitions.statistics(kind, month) });
    months.push({
      rows,
      kept: keptOf(
        rows,
        shown.filter(({ type }) => type === 'StatisticsRow'),
      ),
    });
  }
  await publish(table, kind, quarter, closeQuarter(months, THRESHOLDS[kind]), now);
  return true;
}

/** Writes the rows, then the publication item, which makes them readable. After that no row is written. */
async function publish(table: Table, kind: CaseKind, period: string, of: StatisticsTable, now: Date): Promise<boolean> {
  if (await readItem(table, talentKeys.publication(kind, period), { consistent: true })) return false;
  await writeAll(table, statisticsRows(kind, period, of));
  const item = publicationItem(kind, period, now.toISOString(), THRESHOLDS[kind]);
  const outcome = await transact<'PUBLISHED'>(table, [put(item, { when: isNew, otherwise: 'PUBLISHED' })]);
  return outcome.committed;
}

async function readClosed(table: Table, kind: CaseKind, month: string): Promise<readonly ClosedTally[]> {
  return (await readRange<CaseTallyItem>(table, { partition: talentPartitions.closedTallies(kind, month) })).map(
    closedOf,
  );
}

function closedOf(item: CaseTallyItem): ClosedTally {
  const { zoneId, parkId, route } = item;
  return { zoneId, parkId, route, tally: tallyOf(item) };
}

async function writeAll(table: Table, items: readonly PrimaryKey[]): Promise<void> {
  for (let at = 0; at < items.length; at += MAX_ITEMS_A_WRITE) {
    await batchWrite(table, items.slice(at, at + MAX_ITEMS_A_WRITE));
  }
}
