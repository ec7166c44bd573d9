import { exists, isNew, versionIs } from '../dynamodb/condition.ts';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { put, remove, update } from '../dynamodb/write.ts';
import { credentialKeys } from '../tables.ts';
import { type WebhookFacts, type WebhookItem, webhookItem } from './items.ts';

/** Where the systems of a zone are told, as it is now, the oldest first: what was made a moment ago misses nothing. */
export function webhooksOfZone(table: Table, zone: string): Promise<readonly WebhookItem[]> {
  return readRange<WebhookItem>(table, { partition: credentialKeys.webhook(zone, '').pk, consistent: true });
}

/** @returns false where there is one of this id already */
export async function addWebhook(table: Table, facts: WebhookFacts): Promise<boolean> {
  const { committed } = await transact(table, [put(webhookItem(facts), { when: isNew, otherwise: 'EXISTS' as const })]);
  return committed;
}

/** @returns false where it was changed since it was read, or is gone */
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
