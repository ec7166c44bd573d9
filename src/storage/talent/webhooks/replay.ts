import { addDays } from '../../../domain/calendar/day.ts';
import type { OutboxEntry } from '../../../domain/webhooks/webhook.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { exists, put, update } from '../../dynamodb/write.ts';
import { type PrimaryKey, shardOf, TTL_ATTRIBUTE, talentIndexes, talentKeys, talentPartitions } from '../../tables.ts';
import { type DeliveryItem, deliveryItem } from '../items.ts';
import { entryOf } from './outbox.ts';

export type EntryName = Pick<OutboxEntry, 'caseId' | 'entry'>;

/** Returns all stored entries of a case. */
export async function entriesOfCase(table: Table, caseId: string): Promise<readonly OutboxEntry[]> {
  const items = await readRange<PrimaryKey>(table, { partition: talentPartitions.outbox(caseId) });
  return readable(items);
}

/**
 * Returns the entries for a zone between two instants, both included, one day (UTC) at a time.
 * @param from RFC 3339, UTC, with milliseconds, as `to`
 */
export async function* entriesOfZone(
  table: Table,
  zone: string,
  from: string,
  to: string,
): AsyncGenerator<readonly OutboxEntry[]> {
  for (let day = from.slice(0, 10); day <= to.slice(0, 10); day = addDays(day, 1)) {
    // Sorts after every sort key of the last instant.
    const sort = { from, to: `${to}~` };
    const parts = [
      { index: 'gsi2', partition: talentIndexes.feed(zone, day, '', '').gsi2pk, sort },
      { index: 'gsi3', partition: talentIndexes.feedOfGiver(zone, day, '', '').gsi3pk, sort },
    ] as const;
    const keys = (await Promise.all(parts.map((part) => readRange<PrimaryKey>(table, part)))).flat();
    if (keys.length > 0) yield readable(await batchRead<PrimaryKey>(table, keys));
  }
}

function readable(items: readonly (PrimaryKey | null)[]): readonly OutboxEntry[] {
  return items.flatMap((item) => (item && entryOf(item)) ?? []);
}

/**
 * Makes the next sweep deliver entries to an endpoint again, whatever happened before.
 * @returns the number of entries; those that are no longer stored are left out
 */
export async function replayEntries(
  table: Table,
  endpointId: string,
  entries: readonly EntryName[],
  now: Date,
): Promise<number> {
  const outcomes = await transactGroups(
    table,
    entries.map((entry) => replayWrites(entry, endpointId, now)),
  );
  return outcomes.filter(({ committed }) => committed).length;
}

/**
 * Makes the next sweep deliver an entry again to the endpoints that it was given up for.
 * @returns their ids; null where there is no such entry
 */
export async function redriveEntry(table: Table, entry: EntryName, now: Date): Promise<readonly string[] | null> {
  const { pk, sk } = talentKeys.delivery(entry.caseId, entry.entry, '');
  const items = await readRange<DeliveryItem>(table, { partition: pk, sort: { beginsWith: sk }, consistent: true });
  const givenUpFor = items
    .filter((item) => item.entry === entry.entry && item.state === 'GIVEN_UP')
    .map(({ endpointId }) => endpointId);
  const writes = givenUpFor.map((endpointId) => again(entry, endpointId, now));
  const [outcome] = await transactGroups(table, [[reopening(entry, now), ...writes]]);
  return outcome?.committed ? givenUpFor : null;
}

/** Returns the writes that make the next sweep deliver an entry to an endpoint again. */
export const replayWrites = (entry: EntryName, endpointId: string, now: Date) => [
  reopening(entry, now),
  again(entry, endpointId, now),
];

/** Returns the write that makes an entry wait again, without an expiry. */
function reopening({ caseId, entry }: EntryName, now: Date) {
  return update(
    { pk: talentPartitions.outbox(caseId), sk: entry },
    {
      set: { delivered: false, ...talentIndexes.undelivered(shardOf(caseId), now.toISOString(), caseId, entry) },
      remove: ['settledAt', 'givenUpFor', TTL_ATTRIBUTE],
    },
    { when: exists, otherwise: 'NOT_STORED' as const },
  );
}

function again({ caseId, entry }: EntryName, endpointId: string, now: Date) {
  const at = now.toISOString();
  const none = { attempts: 0, lastStatus: null, lease: null, attemptedAt: null };
  return put<'NOT_STORED'>(
    deliveryItem({ caseId, entry, endpointId, state: 'WAITING', ...none, nextAttemptAt: at }, at),
  );
}
