import { keyLoader } from '../../dynamodb/loaders/item-loader.ts';
import type { Loader } from '../../dynamodb/loaders/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import type { KeyRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type PrimaryKey, talentIndexes, talentKeys, talentPartitions } from '../../tables.ts';
import type { CaseKind } from '../items.ts';
import type { ClosingItem, PublicationItem, StatisticsRowItem } from './items.ts';

export type StatisticsBreakdown = 'ZONE' | 'PARK' | 'ROUTE';

/** Loads published case statistics. A response reads no other counts. */
export interface CaseStatistics {
  /** Returns the publication of a kind's period, `2026-10` or `2026-Q3`; null where it isn't published. */
  publication(kind: CaseKind, period: string): Promise<PublicationItem | null>;
  /** Returns the last published month and quarter of a kind; null before the first. */
  latest(kind: CaseKind): Promise<{ readonly month: string | null; readonly quarter: string | null }>;
  /** Loads single rows of published periods: one BatchGet for many. */
  readonly row: Loader<StatisticsRowName, StatisticsRowItem | null>;
  /** Lists the rows of a breakdown. Parks are those of one zone. */
  rows(of: PublicationItem, by: StatisticsBreakdown, zone: string, page: PageRequest): Promise<Page<StatisticsRowItem>>;
}

export interface StatisticsRowName {
  readonly kind: CaseKind;
  readonly period: string;
  readonly by: 'ALL' | StatisticsBreakdown;
  readonly of: string;
}

export function openCaseStatistics(table: Table): CaseStatistics {
  const publications = keyLoader<{ kind: CaseKind; period: string }, PublicationItem>(table, ({ kind, period }) =>
    talentKeys.publication(kind, period),
  );
  const closings = keyLoader<CaseKind, ClosingItem>(table, talentKeys.closing);
  const row = keyLoader<StatisticsRowName, StatisticsRowItem>(table, ({ kind, period, by, of }) =>
    talentKeys.statisticsRow(kind, period, by, of),
  );
  return {
    row,
    publication: (kind, period) => publications.load({ kind, period }),
    async latest(kind) {
      const closing = await closings.load(kind);
      return { month: closing?.published ?? null, quarter: closing?.quarter ?? null };
    },
    rows({ kind, period }, by, zone, page) {
      const binding = { field: 'CaseStatistics.figures', arguments: { kind, period, by, zone } };
      if (by === 'PARK') {
        return readPage<PrimaryKey, StatisticsRowItem>(table, page, {
          range: { index: 'gsi1', partition: talentIndexes.statisticsOfZone(kind, period, zone, '').gsi1pk },
          binding,
          nodes: (keys) => row.loadMany(keys.map(({ sk }) => ({ kind, period, by, of: sk.slice('PARK#'.length) }))),
        });
      }
      const range: KeyRange = {
        partition: talentPartitions.statistics(kind, period),
        sort: { beginsWith: talentKeys.statisticsRow(kind, period, by, '').sk },
      };
      return readPage<StatisticsRowItem, StatisticsRowItem>(table, page, { range, binding, nodes: (rows) => rows });
    },
  };
}
