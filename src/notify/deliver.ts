import { type OutboxEntry, recipientZones } from '../domain/webhooks/webhook.ts';
import { log } from '../log.ts';
import type { WebhookItem } from '../storage/credentials/items.ts';
import { webhooksOfZone } from '../storage/credentials/webhooks.ts';
import { type PrimaryKey, SHARDS } from '../storage/tables.ts';
import {
  dueEntries,
  postponeEntry,
  setEntryAside,
  settleEntry,
  type WaitingEntry,
  waitingEntries,
} from '../storage/talent/webhooks/outbox.ts';
import { deliverToEndpoint, noteOutages, type Outages } from './deliver-to-endpoint.ts';
import { tellApplicant } from './news/tell-applicant.ts';
import type { Notifier } from './notifier.ts';
import { CALL_MS } from './send.ts';

/** Entries that are delivered concurrently. */
const MAX_CONCURRENT = 8;
/** Part of a run's time that is reserved for recording a call's result. */
const RESERVE_MS = 3_000;

/**
 * Delivers entries to all endpoints that want them, and tells applicants of news. Undelivered entries stay in the index of waiting ones, as do those
 * for which a run has no time.
 * @returns the keys of entries whose state could not be read or written
 */
export async function deliverEntries(notifier: Notifier, keys: readonly PrimaryKey[]): Promise<readonly PrimaryKey[]> {
  if (keys.length === 0) return [];
  const waiting = await waitingEntries(notifier.outbox, keys);
  // The sweep delivers an entry that tells of a later instant.
  const now = notifier.now().toISOString();
  return deliverWaiting(
    notifier,
    waiting.filter(({ told }) => !told || told.at <= now),
  );
}

/** How long an entry is left to the stream, which normally brings it within seconds. */
const STREAM_PATIENCE_MS = 30_000;
const MAX_A_PART = 200;

/**
 * Delivers what is due: entries that the stream has left or never brought, and failed ones. One run takes at most
 * 1,600.
 * @returns how many were due, and the keys of entries whose state could not be read or written
 */
export async function deliverDue(
  notifier: Notifier,
): Promise<{ readonly due: number; readonly failed: readonly PrimaryKey[] }> {
  const now = notifier.now();
  const fresh = new Date(now.getTime() - STREAM_PATIENCE_MS).toISOString();
  const parts = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => dueEntries(notifier.outbox, shard, now, MAX_A_PART)),
  );
  const waiting = await waitingEntries(notifier.outbox, parts.flat());
  const due = waiting.filter(({ place, told }) => !(told && place.startsWith(told.at) && told.at > fresh));
  return { due: due.length, failed: await deliverWaiting(notifier, due) };
}

async function deliverWaiting(notifier: Notifier, waiting: readonly WaitingEntry[]): Promise<readonly PrimaryKey[]> {
  const endpointsOf = zonesEndpoints(notifier);
  const outages = noteOutages();
  const rest = [...waiting];
  const failed: PrimaryKey[] = [];
  const worker = async () => {
    while (hasTime(notifier)) {
      const next = rest.shift();
      if (!next) return;
      try {
        await deliverEntry(notifier, next, endpointsOf, outages);
      } catch (error) {
        log.error('An outbox entry cannot be delivered', { ...next.key }, error);
        failed.push(next.key);
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT }, worker));
  return failed;
}

type EndpointsOf = (zone: string) => Promise<readonly WebhookItem[]>;

/** Reads each zone's endpoints once a run. */
function zonesEndpoints({ endpoints }: Notifier): EndpointsOf {
  const read = new Map<string, Promise<readonly WebhookItem[]>>();
  return (zone) => {
    const known = read.get(zone) ?? webhooksOfZone(endpoints, zone);
    read.set(zone, known);
    return known;
  };
}

const hasTime = ({ outbox }: Notifier) => Date.now() + CALL_MS + RESERVE_MS < outbox.deadline;

async function deliverEntry(
  notifier: Notifier,
  waiting: WaitingEntry,
  endpointsOf: EndpointsOf,
  outages: Outages,
): Promise<void> {
  const { outbox, now } = notifier;
  if (!waiting.told) {
    log.error('An outbox entry cannot be read', { ...waiting.key });
    return setEntryAside(outbox, waiting, now());
  }
  const endpoints = await Promise.all(recipientZones(waiting.told).map(endpointsOf));
  await deliverToAll(notifier, waiting, waiting.told, endpoints.flat(), outages);
}

async function deliverToAll(
  notifier: Notifier,
  waiting: WaitingEntry,
  entry: OutboxEntry,
  endpoints: readonly WebhookItem[],
  outages: Outages,
): Promise<void> {
  const { outbox, now } = notifier;
  const told = await Promise.allSettled([
    tellApplicant(notifier, entry).then(({ id, state }) => ({ id, ...state })),
    ...endpoints.map(async (endpoint) => ({
      id: endpoint.id,
      ...(await deliverToEndpoint(notifier, endpoint, entry, outages)),
    })),
  ]);
  // The calls must all be over: a call that outlives the run could record its result nowhere.
  const states = told.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  // Another run holds the lease and records the result. If that run dies, the entry is still due.
  if (states.some((state) => state.is === 'TAKEN')) return;
  const [soonest] = states.flatMap((state) => (state.is === 'WAITING' ? [state.until] : [])).toSorted();
  if (soonest !== undefined) return postponeEntry(outbox, waiting, entry, soonest);
  const givenUpFor = states.flatMap(({ id, is }) => (is === 'GIVEN_UP' ? [id] : []));
  await settleEntry(outbox, waiting, { givenUpFor, now: now() });
}
