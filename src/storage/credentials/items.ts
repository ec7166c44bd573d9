/**
 * The items of the credentials table. None contains a readable secret: callers' secrets are stored as hashes, signing
 * secrets of webhooks wrapped by the zone's master key.
 */
import type { Subscription } from '../../domain/webhooks/webhook.ts';
import { credentialIndexes, credentialKeys } from '../tables.ts';

export interface ApiKeyFacts {
  /** The public part of the key, which is logged and listed. */
  readonly id: string;
  /** The zone whose system the key identifies. */
  readonly zone: string;
  /** The zone's name for it. */
  readonly label: string;
  /** SHA-256 of the secret part, base64url. */
  readonly secretHash: string;
  /** RFC 3339, UTC, with milliseconds, as all instants here. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Accurate to about an hour; null until the first use. */
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  /** The key that replaced it. */
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
  /** The applicant of the case. An entry of their access log reports each token to them. */
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

/** An endpoint of a zone's system for webhooks about its cases. */
export interface WebhookFacts extends Subscription {
  readonly id: string;
  readonly url: string;
  /** The signing secrets, the newest first. */
  readonly secrets: readonly WebhookSecret[];
  /** Null while it is enabled. `GONE`: the receiver answered 410. */
  readonly disabledAt: string | null;
  readonly disabledBecause: 'COMMAND' | 'GONE' | null;
  readonly version: number;
}

export interface WebhookSecret {
  readonly version: number;
  /** Wrapped by the zone's master key. */
  readonly wrapped: string;
  /** End of its use beside a newer secret; null for the newest. */
  readonly until: string | null;
}

export type WebhookItem = ReturnType<typeof webhookItem>;
export function webhookItem(facts: WebhookFacts) {
  return { ...facts, ...credentialKeys.webhook(facts.zone, facts.id), type: 'Webhook' as const };
}
