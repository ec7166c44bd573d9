/**
 * The items of the credentials table. No secret can be read in it: what a caller keeps secret is here as a hash only, and what
 * webhooks are signed with is wrapped by the zone's master key.
 */
import type { Subscription } from '../../domain/webhooks/webhook.ts';
import { credentialIndexes, credentialKeys } from '../tables.ts';

export interface ApiKeyFacts {
  /** The part of the key that isn't secret: it is logged and listed. */
  readonly id: string;
  /** The zone whose system the key identifies. */
  readonly zone: string;
  /** What the zone calls it. */
  readonly label: string;
  /** SHA-256 of the secret part, base64url. */
  readonly secretHash: string;
  /** RFC 3339, UTC, with milliseconds, as all instants here. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Of about an hour's accuracy; null until it is used. */
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  /** The key that took its place. */
  readonly replacedBy: string | null;
}

export type ApiKeyItem = ReturnType<typeof apiKeyItem>;
export function apiKeyItem(facts: ApiKeyFacts) {
  return {
    ...facts,
    ...credentialKeys.apiKey(facts.id),
    ...credentialIndexes.keysOfZone(facts.zone, facts.createdAt, facts.id),
    type: 'ApiKey' as const,
  };
}

export interface CaseSecretFacts {
  readonly receiptNumber: string;
  readonly caseId: string;
  /** Whose case it is: an entry of their access log tells them of each token. */
  readonly applicantId: string;
  /** Random bytes, base64url. */
  readonly salt: string;
  /** SHA-256 of the salt's bytes and the secret, base64url. */
  readonly secretHash: string;
}

export type CaseSecretItem = ReturnType<typeof caseSecretItem>;
export function caseSecretItem(facts: CaseSecretFacts) {
  return { ...facts, ...credentialKeys.caseSecret(facts.receiptNumber), type: 'CaseSecret' as const };
}

/** Where the systems of a zone are told of its cases. */
export interface WebhookFacts extends Subscription {
  readonly id: string;
  readonly url: string;
  /** What it is signed with, the newest first. */
  readonly secrets: readonly WebhookSecret[];
  /** Null while it is enabled. `GONE`: the receiver has said so by 410. */
  readonly disabledAt: string | null;
  readonly disabledBecause: 'COMMAND' | 'GONE' | null;
  readonly version: number;
}

export interface WebhookSecret {
  readonly version: number;
  /** By the zone's master key. */
  readonly wrapped: string;
  /** Until when it signs beside a newer one; null for the newest. */
  readonly until: string | null;
}

export type WebhookItem = ReturnType<typeof webhookItem>;
export function webhookItem(facts: WebhookFacts) {
  return { ...facts, ...credentialKeys.webhook(facts.zone, facts.id), type: 'Webhook' as const };
}
