import { createHash } from 'node:crypto';
import { nextAttempt } from '../domain/webhooks/delivery-retry.ts';
import { concerns, isWanted, type OutboxEntry, webhookBody } from '../domain/webhooks/webhook.ts';
import { log } from '../log.ts';
import type { WebhookItem } from '../storage/credentials/items.ts';
import { changeWebhook } from '../storage/credentials/webhooks.ts';
import { claimDelivery, type Ended, endAttempt } from '../storage/talent/webhooks/deliveries.ts';
import type { Notifier } from './notifier.ts';
import { type Answer, sendWebhook } from './send.ts';

/** The state of an entry's delivery to an endpoint. */
export type DeliveryState =
  | { readonly is: 'SETTLED' | 'GIVEN_UP' | 'TAKEN' }
  | { readonly is: 'WAITING'; readonly until: string };

/** Endpoints that seem to be down, so that one that never answers costs a run little time. */
export interface Outages {
  isDown(endpointId: string): boolean;
  note(endpointId: string, answer: Answer): void;
}

const FAILURES_OF_AN_OUTAGE = 3;

export function noteOutages(): Outages {
  const failures = new Map<string, number>();
  return {
    isDown: (id) => (failures.get(id) ?? 0) >= FAILURES_OF_AN_OUTAGE,
    note: (id, { status }) => void failures.set(id, status === null ? (failures.get(id) ?? 0) + 1 : 0),
  };
}

/** Answer of an endpoint that is not called because it is down. The attempt counts as failed. */
const NOT_CALLED: Answer = { status: null, retryAfter: null, fault: 'DOWN' };

/** Delivers one entry to one endpoint, if the endpoint wants it, it is due and no other run has leased it. */
export async function deliverToEndpoint(
  notifier: Notifier,
  endpoint: WebhookItem,
  entry: OutboxEntry,
  outages: Outages,
): Promise<DeliveryState> {
  if (!endpoint.isEnabled || !concerns(endpoint, entry)) return { is: 'SETTLED' };
  const { outbox, now } = notifier;
  const place = { caseId: entry.caseId, entry: entry.entry, endpointId: endpoint.id };
  const claim = await claimDelivery(outbox, place, { mayBeNew: isWanted(endpoint, entry), now: now() });
  if (claim.is === 'GIVEN_UP' || claim.is === 'WAITING' || claim.is === 'TAKEN') return claim;
  if (claim.is !== 'CLAIMED') return { is: 'SETTLED' };

  const answer = outages.isDown(endpoint.id) ? NOT_CALLED : await call(notifier, endpoint, entry);
  outages.note(endpoint.id, answer);
  const ended = endOf(answer, claim.attempts, now());
  await endAttempt(outbox, place, claim.lease, ended);
  if (ended.state !== 'DELIVERED') reportFailure(place, answer, ended, claim.attempts);
  if (answer.status === GONE) await disable(notifier, endpoint);
  if (ended.state === 'WAITING') return { is: 'WAITING', until: ended.until };
  return { is: ended.state === 'DELIVERED' ? 'SETTLED' : 'GIVEN_UP' };
}

/** HTTP status of an endpoint that wants nothing any more. */
const GONE = 410;

async function call(notifier: Notifier, endpoint: WebhookItem, entry: OutboxEntry): Promise<Answer> {
  const now = notifier.now();
  let secrets: readonly Uint8Array[];
  try {
    secrets = await openSecrets(notifier, endpoint, now);
  } catch (error) {
    log.error('The secret of an endpoint cannot be decrypted', { endpoint: endpoint.id, zone: endpoint.zone }, error);
    return { status: null, retryAfter: null, fault: 'SECRET_UNAVAILABLE' };
  }
  const webhook = { url: endpoint.url, id: webhookId(endpoint.id, entry), body: webhookBody(entry), secrets };
  return sendWebhook(webhook, { reach: notifier.reach, resolve: notifier.resolve, now });
}

function openSecrets({ keyring }: Notifier, { zone, secrets }: WebhookItem, now: Date): Promise<Uint8Array[]> {
  const inUse = secrets.filter(({ until }) => until === null || until > now.toISOString());
  return Promise.all(
    inUse.map(({ version, wrapped }) => keyring.open({ zoneId: zone, use: 'WEBHOOKS', version }, wrapped)),
  );
}

/** Returns the id of an entry for an endpoint. It never changes, so receivers can detect duplicates. */
export function webhookId(endpointId: string, { caseId, entry }: Pick<OutboxEntry, 'caseId' | 'entry'>): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([caseId, entry, endpointId]))
    .digest('base64url');
  return `msg_${hash.slice(0, 27)}`;
}

function endOf({ status, retryAfter }: Answer, attempts: number, now: Date): Ended {
  if (status !== null && status >= 200 && status < 300) return { state: 'DELIVERED', status };
  const next = status === GONE ? null : nextAttempt({ attempts, now, retryAfter, random: Math.random() });
  return next ? { state: 'WAITING', status, until: next.toISOString() } : { state: 'GIVEN_UP', status };
}

function reportFailure(
  { caseId, entry, endpointId }: { caseId: string; entry: string; endpointId: string },
  { status, fault }: Answer,
  { state }: Ended,
  attempts: number,
): void {
  const fields = { endpoint: endpointId, case: caseId, entry, attempts, status, fault };
  if (state === 'GIVEN_UP') log.error('A webhook failed after all attempts', fields);
  else log.warn('A webhook could not be delivered', fields);
}

async function disable({ endpoints, now }: Notifier, endpoint: WebhookItem): Promise<void> {
  const disabled = { isEnabled: false, disabledAt: now().toISOString(), disabledBecause: 'GONE' as const };
  // If the endpoint was changed meanwhile, the next answer decides.
  if (await changeWebhook(endpoints, endpoint, disabled)) {
    log.error('An endpoint is gone and is disabled', { endpoint: endpoint.id, zone: endpoint.zone });
  }
}
