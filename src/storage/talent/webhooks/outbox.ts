import * as z from 'zod';
import { isToldOf, type OutboxEntry } from '../../../domain/webhooks/webhook.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { QueryCommand, UpdateCommand } from '../../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../../dynamodb/client/store-error.ts';
import { rangeInput, readRange } from '../../dynamodb/read.ts';
import { sendRead, sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { attributeIs, type Change, epochSeconds, updateExpression } from '../../dynamodb/write.ts';
import { type PrimaryKey, SHARDS, shardOf, TTL_ATTRIBUTE, talentIndexes } from '../../tables.ts';

/** Days in which a settled entry can be replayed. */
export const REPLAYABLE_DAYS = 30;

/** A waiting entry, as read. */
export interface WaitingEntry {
  readonly key: PrimaryKey;
  /** Its key in the index of waiting entries. Writes check it. */
  readonly place: string;
  /** Null where the stored entry is malformed. */
  readonly told: OutboxEntry | null;
}

const stored = z.object({
  caseId: z.string().refine(isToldOf),
  sk: z.string().min(1),
  sequence: z.int().optional(),
  version: z.int().optional(),
  agreementId: z.string().regex(/^agr_/).optional(),
  step: z.string().optional(),
  dueOn: z.iso.date().optional(),
  kind: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  zoneId: z.string().regex(/^zone_/),
  fromZoneId: z
    .string()
    .regex(/^zone_/)
    .optional(),
  isDraft: z.boolean().optional(),
  at: z.iso.datetime(),
});

/** Returns the entry of an outbox item; null for a malformed one. */
export function entryOf(item: object): OutboxEntry | null {
  const { data } = stored.safeParse(item);
  if (!data) return null;
  const { sk: entry, ...facts } = data;
  return { ...facts, entry };
}

const isWaiting = (item: PrimaryKey): item is PrimaryKey & { readonly gsi1sk: string } =>
  'gsi1sk' in item && typeof item.gsi1sk === 'string';

/** Returns those of the entries that still wait. */
export async function waitingEntries(table: Table, keys: readonly PrimaryKey[]): Promise<readonly WaitingEntry[]> {
  const items = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  return items.flatMap((item) => {
    if (!item || !isWaiting(item)) return [];
    return [{ key: { pk: item.pk, sk: item.sk }, place: item.gsi1sk, told: entryOf(item) }];
  });
}

/** Returns the keys of a shard's entries whose next attempt is due, the longest due first. */
export async function dueEntries(
  table: Table,
  shard: number,
  now: Date,
  limit: number,
): Promise<readonly PrimaryKey[]> {
  const { gsi1pk } = talentIndexes.undelivered(shard, '', '', '');
  const range = { index: 'gsi1', partition: gsi1pk, sort: { from: '0', to: now.toISOString() } } as const;
  const command = new QueryCommand({ ...rangeInput(table, range), Limit: limit });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return (answer.Items ?? []) as PrimaryKey[];
}

/** Returns the keys of all waiting entries, those set aside included. */
export async function undeliveredEntries(table: Table): Promise<readonly PrimaryKey[]> {
  const parts = Array.from({ length: SHARDS }, (_, shard) => talentIndexes.undelivered(shard, '', '', '').gsi1pk);
  const partitions = [...parts, talentIndexes.setAside('', { pk: '', sk: '' }).gsi1pk];
  const found = await Promise.all(
    partitions.map((partition) => readRange<PrimaryKey>(table, { index: 'gsi1', partition })),
  );
  return found.flat().map(({ pk, sk }) => ({ pk, sk }));
}

/** Settles an entry: removes it from the index, and sets its expiry. */
export async function settleEntry(
  table: Table,
  waiting: WaitingEntry,
  { givenUpFor, now }: { readonly givenUpFor: readonly string[]; readonly now: Date },
): Promise<void> {
  const set = {
    delivered: givenUpFor.length === 0,
    settledAt: now.toISOString(),
    givenUpFor,
    [TTL_ATTRIBUTE]: epochSeconds(now) + REPLAYABLE_DAYS * 86_400,
  };
  await changeWaiting(table, waiting, { set, remove: ['gsi1pk', 'gsi1sk'] });
}

/** Postpones an entry to an instant. */
export async function postponeEntry(table: Table, waiting: WaitingEntry, entry: OutboxEntry, until: string) {
  const set = talentIndexes.undelivered(shardOf(entry.caseId), until, entry.caseId, entry.entry);
  await changeWaiting(table, waiting, { set });
}

/** Sets a malformed entry aside, so that it blocks no other and stays to be examined. */
export async function setEntryAside(table: Table, waiting: WaitingEntry, now: Date): Promise<void> {
  await changeWaiting(table, waiting, { set: talentIndexes.setAside(now.toISOString(), waiting.key) });
}

/** Changes a waiting entry, unless another instance has changed it since it was read. */
async function changeWaiting(table: Table, { key, place }: WaitingEntry, change: Change): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: key,
    ...updateExpression(change, attributeIs('gsi1sk', place)),
  });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}
