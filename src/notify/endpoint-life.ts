import { type Reach, readEndpoint } from '@bridgehead/federation';
import { isIdOf, ulidOf } from '../domain/ids.ts';
import { WEBHOOK_TYPES } from '../domain/webhooks/webhook.ts';
import { CodedError } from '../errors.ts';
import type { WebhookFacts, WebhookItem } from '../storage/credentials/items.ts';
import {
  addWebhook,
  changeWebhook,
  removeWebhook,
  type WebhookChange,
  webhooksOfZone,
} from '../storage/credentials/webhooks.ts';
import { randomBits } from '../storage/dynamodb/new-id.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import type { Keyring } from '../storage/person-keys/keyring.ts';
import { secretText } from './signature.ts';

const HOUR_MS = 3_600_000;

export interface NewSecret {
  /** The secret in its form `whsec_…`. It is shown once. */
  readonly text: string;
  readonly facts: Pick<WebhookFacts, 'id' | 'url' | 'secrets'>;
}

/**
 * Registers an endpoint that gets a zone's future events.
 * @param types null for all types
 * @throws CodedError CONFIGURATION if the address may not be called; BAD_USER_INPUT for an invalid zone or type
 */
export async function createEndpoint(
  table: Table,
  keyring: Keyring,
  wanted: { zone: string; url: string; types: readonly string[] | null; reach: Reach; now: Date },
): Promise<NewSecret> {
  const { zone, url, types, reach, now } = wanted;
  readEndpoint('the endpoint', url, reach);
  const wrong = types?.find((type) => !WEBHOOK_TYPES.includes(type));
  if (wrong !== undefined) throw refused(`"${wrong}" is no type of webhooks: ${WEBHOOK_TYPES.join(', ')}.`);
  const made = await newEndpoint(keyring, { zone: zoneId(zone), url, types, now });
  if (!(await addWebhook(table, made.facts))) throw changedMeanwhile();
  return made;
}

/** Returns the reason why an address may not be called; null where it may. */
export function addressFault(url: string, reach: Reach): string | null {
  try {
    readEndpoint('the endpoint', url, reach);
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'CONFIGURATION') return error.message;
    throw error;
  }
}

/** Makes an endpoint with its first signing secret, without storing it. */
export async function newEndpoint(
  keyring: Keyring,
  { zone, url, types, now }: { zone: string; url: string; types: readonly string[] | null; now: Date },
): Promise<NewSecret & { readonly facts: WebhookFacts }> {
  const { bytes, wrapped } = await keyring.make({ zoneId: zone, use: 'WEBHOOKS', version: 1 });
  const facts: WebhookFacts = {
    id: `hook_${ulidOf(now.getTime(), randomBits())}`,
    zone,
    url,
    types,
    createdAt: now.toISOString(),
    secrets: [{ version: 1, wrapped, until: null }],
    isEnabled: true,
    disabledAt: null,
    disabledBecause: null,
    version: 1,
  };
  return { text: secretText(bytes), facts };
}

/** Returns a zone's endpoints, oldest first. */
export function listEndpoints(table: Table, zone: string): Promise<readonly WebhookItem[]> {
  return webhooksOfZone(table, zoneId(zone));
}

/** Adds a new secret. The earlier ones sign too until the overlap is over. */
export async function rotateSecret(
  table: Table,
  keyring: Keyring,
  { zone, id, overlapHours, now }: { zone: string; id: string; overlapHours: number; now: Date },
): Promise<NewSecret & { readonly replacedUntil: string }> {
  const endpoint = await readEndpointOf(table, zone, id);
  const { text, secrets, replacedUntil } = await renewedSecrets(keyring, endpoint, overlapHours, now);
  if (!(await changeWebhook(table, endpoint, { secrets }))) throw changedMeanwhile();
  return { text, facts: { ...endpoint, secrets }, replacedUntil };
}

/** Makes a new signing secret of an endpoint, without storing it. The earlier ones end with the overlap. */
export async function renewedSecrets(
  keyring: Keyring,
  { zone, secrets: earlierSecrets }: Pick<WebhookFacts, 'zone' | 'secrets'>,
  overlapHours: number,
  now: Date,
): Promise<Pick<NewSecret, 'text'> & Pick<WebhookFacts, 'secrets'> & { readonly replacedUntil: string }> {
  const version = Math.max(0, ...earlierSecrets.map((secret) => secret.version)) + 1;
  const { bytes, wrapped } = await keyring.make({ zoneId: zone, use: 'WEBHOOKS', version });
  const replacedUntil = new Date(now.getTime() + overlapHours * HOUR_MS).toISOString();
  const before = earlierSecrets
    .map((secret) => ({ ...secret, until: earlier(secret.until, replacedUntil) }))
    .filter(({ until }) => until > now.toISOString());
  return { text: secretText(bytes), secrets: [{ version, wrapped, until: null }, ...before], replacedUntil };
}

/** Enables or disables an endpoint. Events that occur while it is disabled reach it only by a replay. */
export async function setEnabled(
  table: Table,
  { zone, id, isEnabled, now }: { zone: string; id: string; isEnabled: boolean; now: Date },
): Promise<void> {
  const endpoint = await readEndpointOf(table, zone, id);
  if (!(await changeWebhook(table, endpoint, enabling(isEnabled, now)))) throw changedMeanwhile();
}

/** Returns the change that enables or disables an endpoint. */
export function enabling(isEnabled: boolean, now: Date): WebhookChange {
  return isEnabled
    ? { isEnabled, disabledAt: null, disabledBecause: null }
    : { isEnabled, disabledAt: now.toISOString(), disabledBecause: 'COMMAND' };
}

export async function removeEndpoint(table: Table, { zone, id }: { zone: string; id: string }): Promise<void> {
  if (!(await removeWebhook(table, zoneId(zone), id))) throw noSuch(zone, id);
}

/**
 * Reads an endpoint of a zone.
 * @throws CodedError BAD_USER_INPUT if the zone has none of this id
 */
export async function readEndpointOf(table: Table, zone: string, id: string): Promise<WebhookItem> {
  const found = (await listEndpoints(table, zone)).find((endpoint) => endpoint.id === id);
  if (!found) throw noSuch(zone, id);
  return found;
}

function zoneId(text: string): string {
  if (!isIdOf('zone', text)) throw refused(`"${text}" is no zone's id, such as zone_baodi.`);
  return text;
}

const earlier = (a: string | null, b: string) => (a !== null && a < b ? a : b);
const refused = (message: string) => new CodedError('BAD_USER_INPUT', message);
const noSuch = (zone: string, id: string) => refused(`${zone} has no endpoint ${id}.`);
const changedMeanwhile = () =>
  new CodedError('CONFLICT', 'The endpoint was changed meanwhile. List the endpoints and try again.');
