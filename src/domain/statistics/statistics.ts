/**
 * Published statistics of one kind of case for a closed month or quarter, stored with their suppressed cells. Places
 * are parks, their zones, and all together, never an enterprise. Routes are published for all places together only, so
 * that no two breakdowns cross, on which `suppression.ts` relies.
 */

import type { WaitedFor } from '../cases/state.ts';
import { type Cell, type Suppression, suppressedCells } from './suppression.ts';
import { addCaseTallies, type CaseTally, EMPTY_CASE_TALLY, thenTally } from './tally.ts';

/** Families of counts, which are shown together or not at all. A family within another one is its breakdown. */
export const FAMILIES = {
  received: { within: null, counts: ({ received }: CaseTally) => [received] },
  decided: { within: null, counts: ({ approved, rejected }: CaseTally) => [approved + rejected] },
  outcome: { within: 'decided', counts: ({ approved, rejected }: CaseTally) => [approved, rejected] },
  timeliness: { within: 'decided', counts: ({ onTime, late }: CaseTally) => [onTime, late] },
  // No total of the open cases is published, so each party is a family of its own.
  'waiting/APPLICANT': waitingFor('APPLICANT'),
  'waiting/EMPLOYER': waitingFor('EMPLOYER'),
  'waiting/AGENCY': waitingFor('AGENCY'),
  'waiting/OTHER_ZONE': waitingFor('OTHER_ZONE'),
  'waiting/NOBODY': waitingFor('NOBODY'),
} as const satisfies Record<string, { within: string | null; counts: (tally: CaseTally) => readonly number[] }>;
export type Family = keyof typeof FAMILIES;
const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];

function waitingFor(whom: WaitedFor) {
  return { within: null, counts: ({ waiting }: CaseTally) => [waiting[whom]] } as const;
}

export interface RouteTally {
  /** Null outside of a zone's parks. */
  readonly parkId: string | null;
  readonly zoneId: string;
  readonly route: string;
  readonly tally: CaseTally;
}

/**
 * A row. `of` is the id of a park or a zone, or a route; empty for all together. What a zone has outside of its parks is
 * one more part of it, a row by park with the zone's id.
 */
export interface StatisticsRow {
  readonly by: 'ALL' | 'ZONE' | 'PARK' | 'ROUTE';
  readonly of: string;
  /** The zone of a park; empty for others. */
  readonly within: string;
  readonly tally: CaseTally;
}

/** The rows of a period, and their suppressed cells. */
export interface StatisticsTable {
  readonly rows: readonly StatisticsRow[];
  /** By family, then by `rowKey`. */
  readonly kept: Readonly<Record<Family, ReadonlyMap<string, Suppression>>>;
}

export function rowKey({ by, of }: Pick<StatisticsRow, 'by' | 'of'>): string {
  return `${by}#${of}`;
}

/** Returns the table of a closed month. */
export function closeMonth(tallies: readonly RouteTally[], threshold: number): StatisticsTable {
  const rows = new Map<string, StatisticsRow>();
  for (const { parkId, zoneId, route, tally } of tallies) {
    const places = [
      { by: 'ALL', of: '', within: '' },
      { by: 'ZONE', of: zoneId, within: '' },
      { by: 'PARK', of: parkId ?? zoneId, within: zoneId },
      { by: 'ROUTE', of: route, within: '' },
    ] as const;
    for (const place of places) {
      const before = rows.get(rowKey(place))?.tally ?? EMPTY_CASE_TALLY;
      rows.set(rowKey(place), { ...place, tally: addCaseTallies(before, tally) });
    }
  }
  return tableOf([...rows.values()], threshold, (_, row) => row.tally);
}

/**
 * Returns the table of a quarter. Readers know the published months, so only the suppressed cells of the months can
 * hide anything. A row that only some of its months show is suppressed, or its sum would reveal the rest.
 * @param months its three months, in order
 */
export function closeQuarter(months: readonly StatisticsTable[], threshold: number): StatisticsTable {
  const rows = new Map<string, StatisticsRow>();
  for (const { rows: ofMonth } of months) {
    const seen = new Set(ofMonth.map(rowKey));
    // A row without a later month has no waiting case at the quarter's end.
    for (const [key, row] of rows) {
      if (!seen.has(key)) rows.set(key, { ...row, tally: thenTally(row.tally, EMPTY_CASE_TALLY) });
    }
    for (const row of ofMonth) {
      const before = rows.get(rowKey(row))?.tally ?? EMPTY_CASE_TALLY;
      rows.set(rowKey(row), { ...row, tally: thenTally(before, row.tally) });
    }
  }
  const known = months.map(({ rows: ofMonth, kept }) => ({
    kept,
    byKey: new Map(ofMonth.map((row) => [rowKey(row), row])),
  }));
  const unknown = (family: Family, key: string) =>
    // The open cases at a quarter's end are those of its last month, shown or suppressed there.
    (isLevel(family) ? known.slice(-1) : known).flatMap(({ kept, byKey }) => {
      const row = kept[family].has(key) ? byKey.get(key) : undefined;
      return row ? [row.tally] : [];
    });
  return tableOf(
    [...rows.values()],
    threshold,
    (family, row) => unknown(family, rowKey(row)).reduce(addCaseTallies, EMPTY_CASE_TALLY),
    (family, row) => {
      const key = rowKey(row);
      const back = unknown(family, key).length;
      if (isLevel(family)) return back > 0;
      return back === 1 || (back > 0 && back < known.filter(({ byKey }) => hasAny(family, byKey.get(key))).length);
    },
  );
}

/** Returns whether a family counts the cases at an instant rather than those of a period. */
const isLevel = (family: Family) => family.startsWith('waiting/');

function hasAny(family: Family, row: StatisticsRow | undefined): boolean {
  return row !== undefined && FAMILIES[family].counts(row.tally).some((count) => count > 0);
}

/** Decides the suppressed cells, a family after the one that contains it. */
function tableOf(
  rows: readonly StatisticsRow[],
  threshold: number,
  tallyOf: (family: Family, row: StatisticsRow) => CaseTally,
  suppressAnyway: (family: Family, row: StatisticsRow) => boolean = () => false,
): StatisticsTable {
  const kept = {} as Record<Family, ReadonlyMap<string, Suppression>>;
  for (const family of FAMILY_NAMES) {
    const { within, counts } = FAMILIES[family];
    const before: ReadonlySet<string> = new Set(within === null ? [] : kept[within].keys());
    const anyway = rows.filter((row) => suppressAnyway(family, row)).map(rowKey);
    const table = cellOf(rows, 'ALL', '', (row) => counts(tallyOf(family, row)));
    kept[family] = table ? suppressedCells(table, threshold, new Set([...before, ...anyway])) : new Map();
  }
  return { rows, kept };
}

function cellOf(
  rows: readonly StatisticsRow[],
  by: StatisticsRow['by'],
  of: string,
  countsOf: (row: StatisticsRow) => readonly number[],
): Cell | null {
  const row = rows.find((candidate) => candidate.by === by && candidate.of === of);
  if (!row) return null;
  const parts = (...kinds: StatisticsRow['by'][]) =>
    kinds.map((kind) =>
      rows
        .filter((part) => part.by === kind && part.within === (by === 'ZONE' ? of : ''))
        .flatMap((part) => cellOf(rows, part.by, part.of, countsOf) ?? []),
    );
  const breakdowns = by === 'ALL' ? parts('ZONE', 'ROUTE') : by === 'ZONE' ? parts('PARK') : [];
  return { key: rowKey(row), counts: countsOf(row), breakdowns };
}
