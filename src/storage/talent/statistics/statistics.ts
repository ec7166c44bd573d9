import { quartersOf } from '../../../domain/statistics/period.ts';
import { countsOfYear } from '../../../domain/statistics/year.ts';
import { keyLoader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import type { KeyRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type PrimaryKey, talentIndexes, talentKeys, talentPartitions } from '../../tables.ts';
import type { CaseKind } from '../items.ts';
import type { ClosingItem, PublicationItem, PublishedFigures, StatisticsRowItem } from './items.ts';

export type StatisticsBreakdown = 'ZONE' | 'PARK' | 'ROUTE';

/** Loads published case statistics. A response reads no other counts. */
export interface CaseStatistics {
  /** Returns the publication of a kind's period, such as `2026-10`; null where it, or a quarter of it, isn't published. */
  publication(kind: CaseKind, period: string): Promise<Publication | null>;
  /** Returns the last published month and quarter of a kind; null before the first. */
  latest(kind: CaseKind): Promise<{ readonly month: string | null; readonly quarter: string | null }>;
  /** Returns the figures of a published period; null for a place without any case. One BatchGet for many. */
  figures(name: StatisticsRowName): Promise<PublishedFigures | null>;
  /** Lists the rows of a breakdown of a month or a quarter. Parks are those of one zone. */
  rows(of: Publication, by: StatisticsBreakdown, zone: string, page: PageRequest): Promise<Page<StatisticsRowItem>>;
}

export type Publication = Pick<PublicationItem, 'kind' | 'period' | 'publishedAt' | 'threshold'>;

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
    async publication(kind, period) {
      const quarters = quartersOf(period);
      if (!quarters) return publications.load({ kind, period });
      const found = await publications.loadMany(quarters.map((quarter) => ({ kind, period: quarter })));
      const last = found.at(-1);
      return last && found.every((each) => each !== null) ? { ...last, period } : null;
    },
    async figures(name) {
      const quarters = quartersOf(name.period);
      if (!quarters) return row.load(name);
      const found = await row.loadMany(quarters.map((period) => ({ ...name, period })));
      const some = found.find((each) => each !== null);
      return some
        ? { ...some, period: name.period, ...countsOfYear(found), medianDays: null, ninetiethDays: null }
        : null;
    },
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
