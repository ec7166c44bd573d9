/** The items of case statistics: open tallies, closed ones, and publications. */

import { WAITED_FOR } from '../../../domain/cases/state.ts';
import type { CaseCount } from '../../../domain/statistics/counting.ts';
import {
  FAMILIES,
  type Family,
  rowKey,
  type StatisticsRow,
  type StatisticsTable,
} from '../../../domain/statistics/statistics.ts';
import { type CaseTally, DECISION_DAYS, decisionDaysOf } from '../../../domain/statistics/tally.ts';
import type { PublishedCell, PublishedCounts } from '../../../domain/statistics/year.ts';
import { type PrimaryKey, talentIndexes, talentKeys } from '../../tables.ts';
import type { CaseKind } from '../items.ts';

/** Counters as attributes of their own, so that each is added to by itself. */
type Counters = Readonly<Record<string, number>>;

export function countersOf({ decisionDays, waiting, ...counts }: CaseTally): Counters {
  const days = decisionDays.map((count, bucket) => [`days/${bucket}`, count] as const);
  const waits = WAITED_FOR.map((whom) => [`waiting/${whom}`, waiting[whom]] as const);
  return { ...counts, ...Object.fromEntries([...days, ...waits]) };
}

export type CaseTallyItem = PrimaryKey & {
  readonly type: 'CaseTally' | 'ClosedCaseTally';
  readonly zoneId: string;
  readonly parkId: string | null;
  readonly route: string;
} & Readonly<Record<string, unknown>>;

export function tallyOf(item: CaseTallyItem): CaseTally {
  const count = (name: string) => (typeof item[name] === 'number' ? item[name] : 0);
  return {
    received: count('received'),
    approved: count('approved'),
    rejected: count('rejected'),
    onTime: count('onTime'),
    late: count('late'),
    decisionDays: Array.from({ length: DECISION_DAYS.length + 1 }, (_, bucket) => count(`days/${bucket}`)),
    waiting: Object.fromEntries(WAITED_FOR.map((whom) => [whom, count(`waiting/${whom}`)])) as CaseTally['waiting'],
  };
}

/** Returns the key of a count's tally, and the attributes that identify it. */
export function tallyPlace(count: CaseCount) {
  const { kind, month, zoneId, parkId, route } = count;
  return {
    key: talentKeys.caseTally(kind, month, count),
    identity: { type: 'CaseTally' as const, zoneId, parkId, route },
  };
}

export interface ClosedTally {
  readonly zoneId: string;
  readonly parkId: string | null;
  readonly route: string;
  /** `waiting` is the number of waiting cases at the month's end. */
  readonly tally: CaseTally;
}

export function closedTallyItem(kind: CaseKind, month: string, { tally, ...place }: ClosedTally): CaseTallyItem {
  return { ...talentKeys.closedTally(kind, month, place), type: 'ClosedCaseTally', ...place, ...countersOf(tally) };
}

/** The published figures of a place or a route. Nothing in it reveals a suppressed number. */
export interface PublishedFigures extends PublishedCounts {
  readonly kind: CaseKind;
  /** A month or quarter, or four quarters: `2026-10`, `2026-Q3`, `2026`. */
  readonly period: string;
  readonly by: StatisticsRow['by'];
  readonly of: string;
  /** The zone of a park; empty for others. */
  readonly within: string;
  /** Working days within which half, and nine tenths, of the decisions were made; null where too few were made. */
  readonly medianDays: number | null;
  readonly ninetiethDays: number | null;
}

export type StatisticsRowItem = ReturnType<typeof statisticsRowItem>;
export function statisticsRowItem(
  kind: CaseKind,
  period: string,
  row: StatisticsRow,
  kept: StatisticsTable['kept'],
  threshold: number,
) {
  const cell = (family: Family, count: number): PublishedCell => kept[family].get(rowKey(row)) ?? count;
  const { by, of, within, tally } = row;
  const days = (share: number) =>
    kept.decided.has(rowKey(row)) ? null : decisionDaysOf(tally.decisionDays, share, threshold);
  const figures: PublishedFigures = {
    kind,
    period,
    by,
    of,
    within,
    received: cell('received', tally.received),
    decided: cell('decided', tally.approved + tally.rejected),
    approved: cell('outcome', tally.approved),
    rejected: cell('outcome', tally.rejected),
    onTime: cell('timeliness', tally.onTime),
    late: cell('timeliness', tally.late),
    waiting: Object.fromEntries(
      WAITED_FOR.map((whom) => [whom, cell(`waiting/${whom}`, tally.waiting[whom])]),
    ) as PublishedFigures['waiting'],
    medianDays: days(0.5),
    ninetiethDays: days(0.9),
  };
  return {
    ...figures,
    ...talentKeys.statisticsRow(kind, period, by, of),
    ...(by === 'PARK' ? talentIndexes.statisticsOfZone(kind, period, within, of) : {}),
    type: 'StatisticsRow' as const,
  };
}

/** A cell of each family. All cells of a family are suppressed together. */
const CELL_OF_FAMILY = {
  received: ({ received }) => received,
  decided: ({ decided }) => decided,
  outcome: ({ approved }) => approved,
  timeliness: ({ onTime }) => onTime,
  'waiting/APPLICANT': ({ waiting }) => waiting.APPLICANT,
  'waiting/EMPLOYER': ({ waiting }) => waiting.EMPLOYER,
  'waiting/AGENCY': ({ waiting }) => waiting.AGENCY,
  'waiting/OTHER_ZONE': ({ waiting }) => waiting.OTHER_ZONE,
  'waiting/NOBODY': ({ waiting }) => waiting.NOBODY,
} as const satisfies Record<Family, (figures: PublishedFigures) => PublishedCell>;

/** Returns the suppressed cells of rows as they were published. A row that wasn't published is suppressed. */
export function keptOf(
  rows: readonly StatisticsRow[],
  published: readonly StatisticsRowItem[],
): StatisticsTable['kept'] {
  const byKey = new Map(published.map((row) => [rowKey(row), row]));
  const ofFamily = (family: Family) =>
    new Map(
      rows.map(rowKey).flatMap((key) => {
        const row = byKey.get(key);
        const shown = row ? CELL_OF_FAMILY[family](row) : 'PROTECTS_OTHERS';
        return typeof shown === 'number' ? [] : [[key, shown] as const];
      }),
    );
  return Object.fromEntries(
    (Object.keys(FAMILIES) as Family[]).map((family) => [family, ofFamily(family)]),
  ) as unknown as StatisticsTable['kept'];
}

export type PublicationItem = ReturnType<typeof publicationItem>;
export function publicationItem(kind: CaseKind, period: string, publishedAt: string, threshold: number) {
  return {
    ...talentKeys.publication(kind, period),
    type: 'Publication' as const,
    kind,
    period,
    publishedAt,
    threshold,
  };
}

/** The last closed month, and the last published month and quarter of a kind. */
export type ClosingItem = ReturnType<typeof closingItem>;
export function closingItem(
  kind: CaseKind,
  closed: { month: string; published: string | null; quarter: string | null },
) {
  return { ...talentKeys.closing(kind), type: 'Closing' as const, kind, ...closed };
}
