import { apiKeyState } from '../../../domain/developers/api-key.ts';
import type { DocumentUse } from '../../../domain/developers/usage.ts';
import {
  apiKeysOfZone,
  newestApiKeysOfZone,
  newKeyWrite,
  readApiKey,
  replacementWrites,
  revocationWrite,
} from '../../credentials/api-keys.ts';
import { readBudget } from '../../credentials/budgets.ts';
import type { ApiKeyFacts, ApiKeyItem, WebhookFacts, WebhookItem } from '../../credentials/items.ts';
import { usageOfDay } from '../../credentials/usage.ts';
import {
  newWebhookWrite,
  type WebhookChange,
  webhookChangeWrite,
  webhookRemoval,
  webhooksOfZone,
} from '../../credentials/webhooks.ts';
import {
  commitOnce,
  type Earlier,
  earlierAnswer,
  type OnceOutcome,
  type OnceRequest,
} from '../../dynamodb/idempotency.ts';
import type { Stale } from '../../dynamodb/transaction.ts';
import type { Write } from '../../dynamodb/write.ts';
import type { Keyring } from '../../person-keys/keyring.ts';
import { inTable, type TalentTable } from '../people/sealing.ts';
import { findDelivery, type ListedDelivery, listDeliveries, recentEntries } from '../webhooks/delivery-log.ts';
import { type EntryName, replayWrites } from '../webhooks/replay.ts';

/** The keys that decide a mutation of keys. */
export interface LoadedKeys {
  readonly earlier: Earlier;
  /** The key that the input names; null where it names none, or an unknown one. */
  readonly key: ApiKeyItem | null;
  /** True where the caller is identified by an API key. */
  readonly isByKey: boolean;
  /** The number of valid keys of the zone. */
  readonly validKeys: number;
}

/** The endpoints that decide a mutation of endpoints. */
export interface LoadedEndpoints {
  readonly earlier: Earlier;
  readonly endpoints: readonly WebhookItem[];
}

/** Keys that an account lists. */
const MAX_LISTED_KEYS = 50;
/** Webhooks that can be sent again by their id: the keys of their deliveries are one Query. */
const MAX_REDELIVERABLE = 1_000;

/** The accounts of zones' systems: keys and endpoints in the credentials table, deliveries in the talent table. */
export interface Developers {
  /** The zones' keys, which wrap signing secrets. */
  readonly keyring: Keyring;
  keys(zone: string): Promise<readonly ApiKeyItem[]>;
  key(id: string): Promise<ApiKeyItem | null>;
  endpoints(zone: string): Promise<readonly WebhookItem[]>;
  /** Returns the deliveries to an endpoint, by their last attempt, the newest first. */
  deliveries(endpointId: string, count: number): Promise<readonly ListedDelivery[]>;
  /** Returns the delivery of an entry to an endpoint; null where it is not stored. */
  delivery(endpointId: string, entry: EntryName): Promise<ListedDelivery | null>;
  /** Returns the names of the entries that were last delivered to an endpoint. */
  recentEntries(endpointId: string): Promise<readonly EntryName[]>;
  usage(zone: string, day: string): Promise<readonly DocumentUse[]>;
  /** Returns the instant at which a client's bucket is full again, in epoch milliseconds. */
  budget(client: string): Promise<number>;
  loadKeys(once: OnceRequest, of: { zone: string; id: string | null; callerKey: string }): Promise<LoadedKeys>;
  addKey(once: OnceRequest, facts: ApiKeyFacts): Promise<OnceOutcome<Stale>>;
  replaceKey(once: OnceRequest, old: ApiKeyItem, endsAt: string, facts: ApiKeyFacts): Promise<OnceOutcome<Stale>>;
  revokeKey(once: OnceRequest, id: string): Promise<OnceOutcome<Stale>>;
  loadEndpoints(once: OnceRequest, zone: string): Promise<LoadedEndpoints>;
  addEndpoint(once: OnceRequest, facts: WebhookFacts): Promise<OnceOutcome<Stale>>;
  changeEndpoint(once: OnceRequest, seen: WebhookItem, set: WebhookChange): Promise<OnceOutcome<Stale>>;
  removeEndpoint(once: OnceRequest, seen: WebhookItem): Promise<OnceOutcome<Stale>>;
  redeliver(once: OnceRequest, endpointId: string, entry: EntryName): Promise<OnceOutcome<Stale | 'NOT_STORED'>>;
}

export function openDevelopers(table: TalentTable): Developers {
  const { credentials } = table;
  /** Commits writes of the credentials table. The record of the key is in the talent table, in the same transaction. */
  const commit = (once: OnceRequest, answer: readonly string[], writes: readonly Write<Stale>[]) =>
    commitOnce<Stale>(
      table,
      once,
      answer,
      writes.map((write) => inTable(credentials, write)),
    );
  return {
    keyring: table.keyring,
    keys: (zone) => newestApiKeysOfZone(credentials, zone, MAX_LISTED_KEYS),
    key: (id) => readApiKey(credentials, id),
    endpoints: (zone) => webhooksOfZone(credentials, zone),
    deliveries: (endpointId, count) => listDeliveries(table, endpointId, count),
    delivery: (endpointId, entry) => findDelivery(table, endpointId, entry),
    recentEntries: (endpointId) => recentEntries(table, endpointId, MAX_REDELIVERABLE),
    usage: (zone, day) => usageOfDay(credentials, zone, day),
    budget: (client) => readBudget(credentials, client),
    async loadKeys(once, { zone, id, callerKey }) {
      const [earlier, key, caller, keys] = await Promise.all([
        earlierAnswer(table, once),
        id === null ? null : readApiKey(credentials, id),
        readApiKey(credentials, callerKey),
        id === null ? apiKeysOfZone(credentials, zone) : [],
      ]);
      const isValid = (each: ApiKeyItem) => ['IN_USE', 'REPLACED'].includes(apiKeyState(each, once.now));
      return { earlier, key, isByKey: caller?.zone === zone, validKeys: keys.filter(isValid).length };
    },
    addKey: (once, facts) => commit(once, [facts.id], [newKeyWrite(facts)]),
    replaceKey: (once, old, endsAt, facts) => commit(once, [facts.id], replacementWrites(old.id, endsAt, facts)),
    revokeKey: (once, id) => commit(once, [id], [revocationWrite(id, once.now.toISOString())]),
    async loadEndpoints(once, zone) {
      const [earlier, endpoints] = await Promise.all([earlierAnswer(table, once), webhooksOfZone(credentials, zone)]);
      return { earlier, endpoints };
    },
    addEndpoint: (once, facts) => commit(once, [facts.id], [newWebhookWrite(facts)]),
    changeEndpoint: (once, seen, set) => commit(once, [seen.id], [webhookChangeWrite(seen, set)]),
    removeEndpoint: (once, { zone, id }) => commit(once, [id], [webhookRemoval(zone, id)]),
    redeliver: (once, endpointId, entry) =>
      commitOnce<Stale | 'NOT_STORED'>(
        table,
        once,
        [entry.caseId, entry.entry, endpointId],
        replayWrites(entry, endpointId, once.now),
      ),
  };
}
