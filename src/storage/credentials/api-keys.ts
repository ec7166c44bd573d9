import { batchRead } from '../dynamodb/batch.ts';
import { UpdateCommand } from '../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../dynamodb/client/store-error.ts';
import { readEntries } from '../dynamodb/page.ts';
import { readItem, readRange } from '../dynamodb/read.ts';
import { sendWrite } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../dynamodb/transaction.ts';
import { and, attributeIs, exists, isNew, put, update, updateExpression, type Write } from '../dynamodb/write.ts';
import { credentialIndexes, credentialKeys, type PrimaryKey } from '../tables.ts';
import { type ApiKeyFacts, type ApiKeyItem, apiKeyItem } from './items.ts';

/** Reads an API key consistently, so that a revocation takes effect at once. */
export function readApiKey(table: Table, id: string): Promise<ApiKeyItem | null> {
  return readItem<ApiKeyItem>(table, credentialKeys.apiKey(id), { consistent: true });
}

/** Records the use of a key, unless a later use, or one since `unlessSince`, is recorded. */
export async function recordApiKeyUse(table: Table, id: string, at: string, unlessSince: string): Promise<void> {
  const { pk, sk } = credentialKeys.apiKey(id);
  // DynamoDB compares null with no string, so the condition names the first use.
  const condition = and(exists, {
    expression: '#c_lastUsedAt = :c_never OR #c_lastUsedAt < :c_lastUsedAt',
    names: { '#c_lastUsedAt': 'lastUsedAt' },
    values: { ':c_never': null, ':c_lastUsedAt': unlessSince },
  });
  const command = new UpdateCommand({
    TableName: table.name,
    Key: { pk, sk },
    ...updateExpression({ set: { lastUsedAt: at } }, condition),
  });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

/** Returns all keys that a zone ever had, the oldest first. */
export async function apiKeysOfZone(table: Table, zone: string): Promise<readonly ApiKeyItem[]> {
  const keys = await readRange<PrimaryKey>(table, {
    index: 'gsi1',
    partition: credentialIndexes.keysOfZone(zone, '', '').gsi1pk,
  });
  const items = await batchRead<ApiKeyItem>(table, keys);
  return items.filter((item) => item !== null);
}

/** Returns the keys of a zone that were made last, the newest first. */
export async function newestApiKeysOfZone(table: Table, zone: string, limit: number): Promise<readonly ApiKeyItem[]> {
  const partition = credentialIndexes.keysOfZone(zone, '', '').gsi1pk;
  const { entries } = await readEntries<PrimaryKey>(
    table,
    { index: 'gsi1', partition, backwards: true },
    undefined,
    limit,
  );
  const items = await batchRead<ApiKeyItem>(table, entries);
  return items.filter((item) => item !== null);
}

/** The refusal of a write on a key that exists already, or is no longer in the expected state. */
type KeyWrite = Write<Stale>;

/** Returns the write that adds a key. */
export const newKeyWrite = (facts: ApiKeyFacts): KeyWrite =>
  put<Stale>(apiKeyItem(facts), { when: isNew, otherwise: STALE });

/**
 * Returns the writes that add a new key in the place of an old one, which expires at the end of the overlap.
 * @param endsAt expiry of the old key
 */
export function replacementWrites(oldId: string, endsAt: string, facts: ApiKeyFacts): readonly KeyWrite[] {
  const inUse = and(attributeIs('revokedAt', null), attributeIs('replacedBy', null));
  const end = { set: { expiresAt: endsAt, replacedBy: facts.id } };
  return [newKeyWrite(facts), update<Stale>(credentialKeys.apiKey(oldId), end, { when: inUse, otherwise: STALE })];
}

/** Returns the write that revokes a key. */
export function revocationWrite(id: string, at: string): KeyWrite {
  const isNotRevoked = attributeIs('revokedAt', null);
  return update<Stale>(credentialKeys.apiKey(id), { set: { revokedAt: at } }, { when: isNotRevoked, otherwise: STALE });
}

/** @returns false where a key with this id exists */
export async function addApiKey(table: Table, facts: ApiKeyFacts): Promise<boolean> {
  return (await transact(table, [newKeyWrite(facts)])).committed;
}

/**
 * Adds a new key that replaces an old one.
 * @returns false where the old key doesn't exist, or was revoked or replaced meanwhile; then nothing is written
 */
export async function replaceApiKey(table: Table, oldId: string, endsAt: string, facts: ApiKeyFacts): Promise<boolean> {
  return (await transact(table, replacementWrites(oldId, endsAt, facts))).committed;
}

/** @returns false where there is no such key, or it is revoked already */
export async function revokeApiKey(table: Table, id: string, at: string): Promise<boolean> {
  return (await transact(table, [revocationWrite(id, at)])).committed;
}
