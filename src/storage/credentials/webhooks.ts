import { exists, isNew, versionIs } from '../dynamodb/condition.ts';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { put, remove, update } from '../dynamodb/write.ts';
import { credentialKeys } from '../tables.ts';
import { type WebhookFacts, type WebhookItem, webhookItem } from './items.ts';

/** Returns the endpoints of a zone, the oldest first. The read is consistent, so that a new endpoint misses nothing. */
export function webhooksOfZone(table: Table, zone: string): Promise<readonly WebhookItem[]> {
  return readRange<WebhookItem>(table, { partition: credentialKeys.webhook(zone, '').pk, consistent: true });
}

/** @returns false where an endpoint with this id exists */
export async function addWebhook(table: Table, facts: WebhookFacts): Promise<boolean> {
  const { committed } = await transact(table, [put(webhookItem(facts), { when: isNew, otherwise: 'EXISTS' as const })]);
  return committed;
}

/** @returns false where the endpoint was changed or removed since it was read */
export async function changeWebhook(
  table: Table,
  seen: WebhookItem,
  set: Partial<Pick<WebhookFacts, 'secrets' | 'isEnabled' | 'disabledAt' | 'disabledBecause'>>,
): Promise<boolean> {
  const { committed } = await transact(table, [
    update(
      seen,
      { set: { ...set, version: seen.version + 1 } },
      { when: versionIs(seen.version), otherwise: 'CHANGED' as const },
    ),
  ]);
  return committed;
}

/** @returns false where there is none */
export async function removeWebhook(table: Table, zone: string, id: string): Promise<boolean> {
  const key = credentialKeys.webhook(zone, id);
  const { committed } = await transact(table, [remove(key, { when: exists, otherwise: 'NONE' as const })]);
  return committed;
}
