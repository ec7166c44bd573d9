import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../dynamodb/transaction.ts';
import { exists, isNew, put, remove, update, versionIs, type Write } from '../dynamodb/write.ts';
import { credentialKeys } from '../tables.ts';
import { type WebhookFacts, type WebhookItem, webhookItem } from './items.ts';

/** Returns the endpoints of a zone, the oldest first. The read is consistent, so that a new endpoint misses nothing. */
export function webhooksOfZone(table: Table, zone: string): Promise<readonly WebhookItem[]> {
  return readRange<WebhookItem>(table, { partition: credentialKeys.webhook(zone, '').pk, consistent: true });
}

/** The parts of an endpoint that change. */
export type WebhookChange = Partial<
  Pick<WebhookFacts, 'url' | 'types' | 'secrets' | 'isEnabled' | 'disabledAt' | 'disabledBecause'>
>;

/** Returns the write that adds an endpoint. */
export const newWebhookWrite = (facts: WebhookFacts): Write<Stale> =>
  put<Stale>(webhookItem(facts), { when: isNew, otherwise: STALE });

/** Returns the write that changes an endpoint as it was read. */
export const webhookChangeWrite = (seen: WebhookItem, set: WebhookChange): Write<Stale> =>
  update<Stale>(
    seen,
    { set: { ...set, version: seen.version + 1 } },
    { when: versionIs(seen.version), otherwise: STALE },
  );

/** Returns the write that removes an endpoint. */
export const webhookRemoval = (zone: string, id: string): Write<Stale> =>
  remove<Stale>(credentialKeys.webhook(zone, id), { when: exists, otherwise: STALE });

/** @returns false where an endpoint with this id exists */
export async function addWebhook(table: Table, facts: WebhookFacts): Promise<boolean> {
  return (await transact(table, [newWebhookWrite(facts)])).committed;
}

/** @returns false where the endpoint was changed or removed since it was read */
export async function changeWebhook(table: Table, seen: WebhookItem, set: WebhookChange): Promise<boolean> {
  return (await transact(table, [webhookChangeWrite(seen, set)])).committed;
}

/** @returns false where there is none */
export async function removeWebhook(table: Table, zone: string, id: string): Promise<boolean> {
  return (await transact(table, [webhookRemoval(zone, id)])).committed;
}
