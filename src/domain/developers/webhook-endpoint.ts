/** Rules for the webhook endpoints of a zone's systems. */
import { mayWrite } from '../access/decision.ts';
import { endpointRelation } from '../access/write-relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { type RecordRefusal, unless } from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { WEBHOOK_TYPES } from '../webhooks/webhook.ts';
import { zoneOf } from './api-key.ts';

/** Endpoints of a zone. Each is called for every event. */
export const MAX_ENDPOINTS = 10;

type EndpointDecision<Value> = Decision<Value, RecordRefusal['code']>;
type EndpointMutation = Extract<MutationName, `${string}WebhookEndpoint` | 'redeliverWebhook'>;

/** The stated address and types of an endpoint; undefined for what stays as it is. */
export interface StatedEndpoint {
  readonly url?: string | undefined;
  /** Null for all types. */
  readonly types?: readonly string[] | null | undefined;
  /** The reason why the address may not be called; null where it may. */
  readonly urlFault: string | null;
}

/** Decides the registration of an endpoint, and returns its zone. */
export function decideRegistration(
  stated: StatedEndpoint,
  viewer: Viewer,
  endpoints: number,
): EndpointDecision<{ readonly zone: string }> {
  const zone = zoneOf(viewer);
  const refusals = [
    ...refuseStranger(viewer, 'registerWebhookEndpoint', zone),
    ...refuseStated(stated),
    ...unless(endpoints < MAX_ENDPOINTS, 'KEPT', [], `A zone has at most ${MAX_ENDPOINTS} endpoints: remove one.`),
  ];
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: { zone } };
}

/** Decides a mutation of an endpoint, and returns the endpoint. */
export function decideEndpointChange<Endpoint extends { readonly zone: string }>(
  mutation: EndpointMutation,
  endpoint: Endpoint | null,
  stated: StatedEndpoint,
  viewer: Viewer,
): EndpointDecision<Endpoint> {
  if (!endpoint) {
    return { ok: false, refusals: unless(false, 'UNKNOWN_RECORD', ['endpoint'], 'Your zone has no such endpoint.') };
  }
  const refusals = [...refuseStranger(viewer, mutation, endpoint.zone), ...refuseStated(stated)];
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: endpoint };
}

/** Decides that a webhook is sent again, and returns the entry of the outbox. */
export function decideRedelivery<Entry>(
  endpoint: { readonly zone: string; readonly isEnabled: boolean } | null,
  entry: Entry | null,
  viewer: Viewer,
): EndpointDecision<Entry> {
  const known = decideEndpointChange('redeliverWebhook', endpoint, { urlFault: null }, viewer);
  if (!known.ok) return known;
  const refusals = [
    ...unless(known.value.isEnabled, 'KEPT', ['endpoint'], 'The endpoint is disabled: enable it first.'),
    ...unless(entry !== null, 'UNKNOWN_RECORD', ['webhook'], 'The endpoint has no such webhook, or no more.'),
  ];
  return refusals.length > 0 || entry === null ? { ok: false, refusals } : { ok: true, value: entry };
}

function refuseStranger(viewer: Viewer, mutation: EndpointMutation, zoneId: string): RecordRefusal[] {
  const isAllowed = mayWrite(viewer, mutation, endpointRelation(viewer, { zoneId }));
  return unless(isAllowed, 'NOT_YOURS', [], 'Only systems of the zone manage its endpoints.');
}

function refuseStated({ url, types, urlFault }: StatedEndpoint): RecordRefusal[] {
  const wrong = types?.findIndex((type) => !WEBHOOK_TYPES.includes(type)) ?? -1;
  return [
    ...unless(url === undefined || urlFault === null, 'INVALID_VALUE', ['url'], urlFault ?? ''),
    ...unless(types?.length !== 0, 'INVALID_VALUE', ['types'], 'An endpoint gets at least one type of webhooks.'),
    ...unless(
      wrong === -1,
      'INVALID_VALUE',
      ['types', String(wrong)],
      `There is no such type of webhooks. The types are ${WEBHOOK_TYPES.join(', ')}.`,
    ),
  ];
}
