import { isIdOf } from '../domain/ids.ts';
import { CodedError } from '../errors.ts';
import { addApiKey, apiKeysOfZone, replaceApiKey, revokeApiKey } from '../storage/credentials/api-keys.ts';
import type { ApiKeyFacts } from '../storage/credentials/items.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { apiKeyFault, makeApiKey, type NewApiKey } from './api-key.ts';

const DAY_MS = 86_400_000;

/** Creates an API key for a zone's system. Throws BAD_USER_INPUT if the zone's id is invalid. */
export async function createApiKey(
  table: Table,
  { zone, label, days, now }: { zone: string; label: string; days: number; now: Date },
): Promise<NewApiKey> {
  const made = makeApiKey({ zone: zoneId(zone), label, now, expiresAt: after(now, days) });
  if (!(await addApiKey(table, made.facts))) throw changedMeanwhile();
  return made;
}

/** Returns a zone's keys, oldest first, each with the reason why it is refused, or null if it is valid. */
export async function listApiKeys(table: Table, zone: string, now: Date) {
  const keys = await apiKeysOfZone(table, zoneId(zone));
  return keys.map((facts) => ({ facts, fault: apiKeyFault(facts, now) }));
}

/**
 * Replaces one of a zone's keys. The old key stays valid for some days, so that the zone's system can change over.
 * Throws BAD_USER_INPUT if the key is ambiguous or no longer in use.
 * @param key the id of the old key; may be omitted if only one is in use
 */
export async function rotateApiKey(
  table: Table,
  { zone, key, days, overlapDays, now }: { zone: string; key?: string; days: number; overlapDays: number; now: Date },
): Promise<NewApiKey & { readonly replaced: string; readonly replacedUntil: string }> {
  const keys = await listApiKeys(table, zone, now);
  const inUse = keys.flatMap(({ facts, fault }) => (fault === null && facts.replacedBy === null ? [facts] : []));
  const old = chosen(inUse, key);
  const made = makeApiKey({ zone, label: old.label, now, expiresAt: after(now, days) });
  const replacedUntil = earlier(after(now, overlapDays), new Date(old.expiresAt)).toISOString();
  if (!(await replaceApiKey(table, old.id, replacedUntil, made.facts))) throw changedMeanwhile();
  return { ...made, replaced: old.id, replacedUntil };
}

/** Revokes a zone's key. All instances refuse it within 30 seconds. Throws BAD_USER_INPUT if there is no such key. */
export async function endApiKey(table: Table, { zone, key, now }: { zone: string; key: string; now: Date }) {
  const keys = await listApiKeys(table, zone, now);
  const found = keys.find(({ facts }) => facts.id === key);
  if (!found || found.facts.revokedAt !== null) {
    throw new CodedError('BAD_USER_INPUT', `${zone} has no key ${key} that could be revoked.`);
  }
  if (!(await revokeApiKey(table, key, now.toISOString()))) throw changedMeanwhile();
}

function chosen(inUse: readonly ApiKeyFacts[], key: string | undefined): ApiKeyFacts {
  const [first, second] = key === undefined ? inUse : inUse.filter(({ id }) => id === key);
  if (!first) throw new CodedError('BAD_USER_INPUT', 'There is no such key in use.');
  if (second) {
    const ids = inUse.map(({ id }) => id).join(', ');
    throw new CodedError('BAD_USER_INPUT', `Several keys are in use. Choose one with --key: ${ids}.`);
  }
  return first;
}

function zoneId(text: string): string {
  if (!isIdOf('zone', text)) throw new CodedError('BAD_USER_INPUT', `"${text}" is no zone's id, such as zone_baodi.`);
  return text;
}

const earlier = (a: Date, b: Date) => new Date(Math.min(a.getTime(), b.getTime()));

const after = (now: Date, days: number) => new Date(now.getTime() + days * DAY_MS);

function changedMeanwhile(): CodedError {
  return new CodedError('CONFLICT', 'The keys were changed meanwhile. List them and try again.');
}
