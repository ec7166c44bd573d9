/**
 * Webhooks to the systems of a zone about its cases: the case, the event and its time, and no personal data. Their form
 * is that of Standard Webhooks (standardwebhooks.com).
 */
import { NOTICE_KINDS } from '../cases/notice.ts';
import { CASE_EVENT_KINDS } from '../cases/state.ts';

/** An entry of the outbox. */
export interface OutboxEntry {
  readonly caseId: string;
  /** Its name among the entries of the case: the sort key of its item. */
  readonly entry: string;
  /** The number of the case's event; absent for other entries. */
  readonly sequence?: number | undefined;
  /** The time limit of a deadline notice, and its last day; absent for an event. */
  readonly step?: string | undefined;
  readonly dueOn?: string | undefined;
  /** The kind of the event or notice, e.g. `SUBMITTED`. */
  readonly kind: string;
  /** The zone that handles the case after it. */
  readonly zoneId: string;
  /** The zone that transferred the case by it; absent otherwise. */
  readonly fromZoneId?: string | undefined;
  /** Set where the case is still a draft after it. */
  readonly isDraft?: boolean | undefined;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** The webhooks that a zone subscribes to. */
export interface Subscription {
  readonly zone: string;
  /** Types of webhooks, e.g. `case.submitted`; null for all. */
  readonly types: readonly string[] | null;
  /** Earlier events are sent by a replay only. */
  readonly createdAt: string;
  readonly isEnabled: boolean;
}

/** Returns the type of a kind: `case.submitted` for `SUBMITTED`. */
export const webhookType = (kind: string): string => `case.${kind.toLowerCase()}`;

/** Every type, of case events and deadline notices. OPENED makes a draft, which is sent to no zone. */
export const WEBHOOK_TYPES: readonly string[] = [...CASE_EVENT_KINDS, ...NOTICE_KINDS]
  .filter((kind) => kind !== 'OPENED')
  .map(webhookType);

/** Returns the body of a webhook: the same for every endpoint and attempt. */
export function webhookBody({ caseId, sequence, step, dueOn, kind, zoneId, at }: OutboxEntry): string {
  // JSON omits undefined fields.
  const data = { case: caseId, sequence, step, dueOn, zone: zoneId };
  return JSON.stringify({ type: webhookType(kind), timestamp: at, data });
}

/** Returns the zones that get an entry. A zone that transfers a case learns of it. A draft is the applicant's alone. */
export function recipientZones({ zoneId, fromZoneId, isDraft }: OutboxEntry): readonly string[] {
  if (isDraft) return [];
  return fromZoneId === undefined || fromZoneId === zoneId ? [zoneId] : [zoneId, fromZoneId];
}

/** Returns whether an entry concerns an endpoint, by its zone and its types. */
export function concerns({ zone, types }: Pick<Subscription, 'zone' | 'types'>, entry: OutboxEntry): boolean {
  return recipientZones(entry).includes(zone) && (types === null || types.includes(webhookType(entry.kind)));
}

/** Returns whether an entry is sent to an endpoint without a replay. */
export function isWanted(subscription: Subscription, entry: OutboxEntry): boolean {
  return subscription.isEnabled && subscription.createdAt <= entry.at && concerns(subscription, entry);
}
