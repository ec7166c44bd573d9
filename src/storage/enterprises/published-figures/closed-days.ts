/** Protects closed days: every write of reports and stays checks them here. */
import { isClosed } from '../../../domain/published-figures/published-day.ts';
import type { TouchedDays } from '../../../domain/published-figures/touched-days.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { check, versionIs, type Write } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { ParkPublicationItem, PublishedDayItem } from '../items.ts';
import { finishProposal } from './apply.ts';

/** The closed days among the days that changes would affect, as read. */
export interface ClosedDays {
  /** Returns the closed days of one of the loaded intervals, oldest first. */
  within(touched: TouchedDays): readonly string[];
  /** Returns checks that fail a transaction where a park has published figures since the read: one per park. */
  checks(touched: readonly TouchedDays[]): Write<Stale>[];
}

const isOneDay = ({ from, to }: TouchedDays) => from === to;
const textOf = ({ parkId, from, to }: TouchedDays) => `${parkId} ${from} ${to}`;

/**
 * Loads the facts that decide whether changes affect closed days: one BatchGet, and a Query for an interval with
 * published days. A park that is applying an accepted proposal completes it first.
 */
export async function loadClosedDays(table: Table, touched: readonly TouchedDays[], now: Date): Promise<ClosedDays> {
  if (touched.length === 0) return { within: () => [], checks: () => [] };
  const parkIds = [...new Set(touched.map(({ parkId }) => parkId))];
  const found = await batchRead<PrimaryKey>(
    table,
    [
      ...parkIds.map(enterpriseKeys.parkPublication),
      ...touched.filter(isOneDay).map(({ parkId, from }) => enterpriseKeys.publishedDay(parkId, from)),
    ],
    { consistent: true },
  );
  const applying = parkIds.filter((_, i) => (found[i] as ParkPublicationItem | null)?.applying);
  if (applying.length > 0) {
    for (const parkId of applying) await finishProposal(table, parkId, now);
    return loadClosedDays(table, touched, now);
  }
  const publications = new Map(parkIds.map((parkId, i) => [parkId, found[i] as ParkPublicationItem | null]));
  const days = new Map<string, readonly PublishedDayItem[]>();
  for (const [i, one] of touched.filter(isOneDay).entries()) {
    const item = found[parkIds.length + i] as PublishedDayItem | null;
    days.set(textOf(one), item ? [item] : []);
  }
  const intervals = new Map(touched.filter((one) => !isOneDay(one)).map((one) => [textOf(one), one]));
  for (const [text, interval] of intervals) {
    days.set(text, await publishedWithin(table, interval, publications.get(interval.parkId) ?? null));
  }
  return {
    within: (one) => {
      const applied = publications.get(one.parkId)?.applied ?? 0;
      return (days.get(textOf(one)) ?? []).filter((day) => isClosed(day, applied, now)).map(({ on }) => on);
    },
    checks: (some) =>
      [...new Set(some.map(({ parkId }) => parkId))].map((parkId) =>
        checkUnpublished(parkId, publications.get(parkId) ?? null),
      ),
  };
}

/** Returns a check that fails a transaction where the park's published figures have changed since the read. */
function checkUnpublished(parkId: string, publication: ParkPublicationItem | null): Write<Stale> {
  const key = enterpriseKeys.parkPublication(parkId);
  return { ...check(key, { when: versionIs(publication?.version ?? 0), otherwise: STALE }), sharedAs: key.pk };
}

async function publishedWithin(
  table: Table,
  { parkId, from, to }: TouchedDays,
  publication: ParkPublicationItem | null,
): Promise<readonly PublishedDayItem[]> {
  const last = publication?.lastPublishedOn;
  if (last === undefined || last < from) return [];
  const items = await readRange<PublishedDayItem | { type: 'ParkDay' }>(table, {
    partition: enterpriseKeys.publishedDay(parkId, from).pk,
    sort: {
      from: enterpriseKeys.publishedDay(parkId, from).sk,
      to: enterpriseKeys.publishedDay(parkId, to !== null && to < last ? to : last).sk,
    },
    consistent: true,
  });
  return items.filter((item): item is PublishedDayItem => item.type === 'PublishedDay');
}
