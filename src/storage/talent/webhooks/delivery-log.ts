import type { OutboxEntry } from '../../../domain/webhooks/webhook.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readEntries } from '../../dynamodb/page.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type PrimaryKey, talentIndexes, talentPartitions } from '../../tables.ts';
import type { DeliveryItem } from '../items.ts';
import { entryOf } from './outbox.ts';
import type { EntryName } from './replay.ts';

/** A delivery to an endpoint, and the entry that is delivered. */
export interface ListedDelivery {
  readonly delivery: DeliveryItem;
  readonly entry: OutboxEntry;
}

/**
 * Returns the deliveries to an endpoint, by their last attempt, the newest first. Those whose entries are no longer
 * stored are left out. It costs one Query and a BatchGet for each 50 deliveries.
 */
export async function listDeliveries(
  table: Table,
  endpointId: string,
  count: number,
): Promise<readonly ListedDelivery[]> {
  const keys = await newestKeys(table, endpointId, count);
  return readDeliveries(table, keys, endpointId);
}

/** Returns the delivery of an entry to an endpoint; null where either is not stored. */
export async function findDelivery(table: Table, endpointId: string, { caseId, entry }: EntryName) {
  const key = { pk: `${DELIVERY}${caseId}`, sk: `${entry}#${endpointId}` };
  const [found] = await readDeliveries(table, [key], endpointId);
  return found ?? null;
}

async function readDeliveries(
  table: Table,
  keys: readonly PrimaryKey[],
  endpointId: string,
): Promise<readonly ListedDelivery[]> {
  const entries = keys.map((key) => entryKey(nameOf(key, endpointId)));
  const found = await batchRead<PrimaryKey>(table, [...keys, ...entries], { consistent: true });
  return keys.flatMap((_, i) => {
    const [delivery, item] = [found[i], found[keys.length + i]];
    const entry = item && entryOf(item);
    return delivery && entry ? [{ delivery: delivery as DeliveryItem, entry }] : [];
  });
}

/** Returns the names of the entries that were last delivered to an endpoint, the newest first: one Query. */
export async function recentEntries(table: Table, endpointId: string, count: number): Promise<readonly EntryName[]> {
  return (await newestKeys(table, endpointId, count)).map((key) => nameOf(key, endpointId));
}

async function newestKeys(table: Table, endpointId: string, count: number): Promise<readonly PrimaryKey[]> {
  const partition = talentIndexes.deliveriesTo(endpointId, '', '', '').gsi2pk;
  const range = { index: 'gsi2', partition, backwards: true } as const;
  return (await readEntries<PrimaryKey>(table, range, undefined, count)).entries;
}

const DELIVERY = 'DELIVERY#';

const entryKey = ({ caseId, entry }: EntryName): PrimaryKey => ({ pk: talentPartitions.outbox(caseId), sk: entry });

/** Returns the name of the entry that a delivery's key contains. */
const nameOf = ({ pk, sk }: PrimaryKey, endpointId: string): EntryName => ({
  caseId: pk.slice(DELIVERY.length),
  entry: sk.slice(0, -endpointId.length - 1),
});
