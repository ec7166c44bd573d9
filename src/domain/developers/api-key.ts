/** Rules for the API keys of a zone's systems. A key identifies its zone and manages no key but itself. */
import { mayWrite } from '../access/decision.ts';
import { apiKeyRelation } from '../access/write-relation.ts';
import { type RecordRefusal, unless } from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';

/** The facts of a key that decide its state. */
export interface ApiKeyCourse {
  readonly id: string;
  readonly zone: string;
  /** RFC 3339, UTC, with milliseconds, as all instants here. */
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  /** The id of the key that replaced it. */
  readonly replacedBy: string | null;
}

export type ApiKeyState = 'IN_USE' | 'REPLACED' | 'EXPIRED' | 'REVOKED';

/** Returns the state of a key at an instant. A replaced key stays valid until it expires. */
export function apiKeyState(key: Pick<ApiKeyCourse, 'expiresAt' | 'revokedAt' | 'replacedBy'>, now: Date): ApiKeyState {
  if (key.revokedAt !== null) return 'REVOKED';
  if (Date.parse(key.expiresAt) <= now.getTime()) return 'EXPIRED';
  return key.replacedBy === null ? 'IN_USE' : 'REPLACED';
}

/** Valid keys of a zone. More are hard to oversee. */
export const MAX_VALID_KEYS = 20;
const MAX_LABEL_CHARACTERS = 64;
const MAX_LIFE_DAYS = 1_000;
const MAX_OVERLAP_DAYS = 30;
const DAY_MS = 86_400_000;

/** The caller of a mutation of keys. */
export interface KeyCaller {
  readonly viewer: Viewer;
  /** True where the caller is identified by an API key, and not by a token of an issuer. */
  readonly isByKey: boolean;
}

type KeyDecision<Value> = Decision<Value, RecordRefusal['code']>;

/** Decides the making of a key, and returns its zone and the instant of its expiry. */
export function decideNewKey(
  { label, days }: { readonly label: string; readonly days: number },
  caller: KeyCaller,
  validKeys: number,
  now: Date,
): KeyDecision<{ readonly zone: string; readonly label: string; readonly expiresAt: Date }> {
  const zone = zoneOf(caller.viewer);
  const relation = apiKeyRelation(caller.viewer, { zoneId: zone, keyId: null, isByKey: caller.isByKey });
  const name = label.trim();
  const refusals = [
    ...unless(mayWrite(caller.viewer, 'createApiKey', relation), 'NOT_YOURS', [], SIGN_IN),
    ...unless(
      name !== '' && [...name].length <= MAX_LABEL_CHARACTERS,
      'INVALID_TEXT',
      ['label'],
      `A label has 1 to ${MAX_LABEL_CHARACTERS} characters.`,
    ),
    ...refuseDays(days, 'days', 1, MAX_LIFE_DAYS),
    ...unless(validKeys < MAX_VALID_KEYS, 'KEPT', [], `A zone has at most ${MAX_VALID_KEYS} valid keys: revoke one.`),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { zone, label: name, expiresAt: daysAfter(now, days) } };
}

/** Decides the replacement of a key, and returns the expiry of the new key and of the old one. */
export function decideRotation<Key extends ApiKeyCourse>(
  { days, overlapDays }: { readonly days: number; readonly overlapDays: number },
  caller: KeyCaller,
  key: Key | null,
  now: Date,
): KeyDecision<{ readonly old: Key; readonly expiresAt: Date; readonly endsAt: string }> {
  const known = knownKey('rotateApiKey', caller, key);
  if (!known.ok) return known;
  const { value: old } = known;
  const refusals = [
    ...refuseDays(days, 'days', 1, MAX_LIFE_DAYS),
    ...refuseDays(overlapDays, 'overlapDays', 0, MAX_OVERLAP_DAYS),
    ...unless(apiKeyState(old, now) === 'IN_USE', 'KEPT', ['apiKey'], 'The key is not in use any more.'),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const endsAt = new Date(Math.min(daysAfter(now, overlapDays).getTime(), Date.parse(old.expiresAt))).toISOString();
  return { ok: true, value: { old, expiresAt: daysAfter(now, days), endsAt } };
}

/** Decides the revocation of a key, and returns the key. */
export function decideRevocation<Key extends ApiKeyCourse>(caller: KeyCaller, key: Key | null): KeyDecision<Key> {
  const known = knownKey('revokeApiKey', caller, key);
  if (!known.ok) return known;
  const refusals = unless(known.value.revokedAt === null, 'KEPT', ['apiKey'], 'The key is revoked already.');
  return refusals.length > 0 ? { ok: false, refusals } : known;
}

const SIGN_IN = 'An API key manages no key but itself: sign in to manage others.';

/** Returns a key of the caller's zone. Keys of other zones are refused like unknown ones. */
function knownKey<Key extends ApiKeyCourse>(
  mutation: 'rotateApiKey' | 'revokeApiKey',
  { viewer, isByKey }: KeyCaller,
  key: Key | null,
): KeyDecision<Key> {
  if (!key || key.zone !== zoneOf(viewer)) {
    return { ok: false, refusals: unless(false, 'UNKNOWN_RECORD', ['apiKey'], 'Your zone has no such key.') };
  }
  const relation = apiKeyRelation(viewer, { zoneId: key.zone, keyId: key.id, isByKey });
  if (mayWrite(viewer, mutation, relation)) return { ok: true, value: key };
  return { ok: false, refusals: unless(false, 'NOT_YOURS', ['apiKey'], SIGN_IN) };
}

/** Returns the zone of a system; an empty text, which is no zone's id, for other callers. */
export const zoneOf = (viewer: Viewer) => (viewer.kind === 'partner' ? viewer.zone : '');

const refuseDays = (days: number, field: string, min: number, max: number) =>
  unless(days >= min && days <= max, 'INVALID_VALUE', [field], `Days are a whole number from ${min} to ${max}.`);

const daysAfter = (now: Date, days: number) => new Date(now.getTime() + days * DAY_MS);
