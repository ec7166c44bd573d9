/**
 * What systems of a zone are told of its cases: which case, what happened and when, and nothing of a person. The form is
 * that of Standard Webhooks (standardwebhooks.com).
 */
import { NOTICE_KINDS } from '../cases/notice.ts';
import { CASE_EVENT_KINDS } from '../cases/state.ts';

/** What is to be told, as it stands in the outbox. */
export interface OutboxEntry {
  readonly caseId: string;
  /** Its name among the entries of the case: the sort key of its item. */
  readonly entry: string;
  /** The number of the case's event; none where it tells of something else. */
  readonly sequence?: number | undefined;
  /** Which time limit a notice is of, and its last day; none for an event. */
  readonly step?: string | undefined;
  readonly dueOn?: string | undefined;
  /** What happened, e.g. `SUBMITTED`. */
  readonly kind: string;
  /** The zone that answers for the case since. */
  readonly zoneId: string;
  /** The zone that has given the case away by what is told; none otherwise. */
  readonly fromZoneId?: string | undefined;
  /** Whether the case isn't handed in after it. */
  readonly isDraft?: boolean | undefined;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** What a zone wants to be told where. */
export interface Subscription {
  readonly zone: string;
  /** Types of webhooks, e.g. `case.submitted`; null: all of them. */
  readonly types: readonly string[] | null;
  /** What happened before isn't told, unless by a replay. */
  readonly createdAt: string;
  readonly isEnabled: boolean;
}

/** `case.submitted` of the kind `SUBMITTED`. */
export const webhookType = (kind: string): string => `case.${kind.toLowerCase()}`;

/** All that there is: of events of cases, and of notices of their time limits. What is opened is a draft, which nobody is told of. */
export const WEBHOOK_TYPES: readonly string[] = [...CASE_EVENT_KINDS, ...NOTICE_KINDS]
  .filter((kind) => kind !== 'OPENED')
  .map(webhookType);

/** The body of a webhook: the same for every endpoint, and at every attempt. */
export function webhookBody({ caseId, sequence, step, dueOn, kind, zoneId, at }: OutboxEntry): string {
  // What is undefined isn't in JSON.
  const data = { case: caseId, sequence, step, dueOn, zone: zoneId };
  return JSON.stringify({ type: webhookType(kind), timestamp: at, data });
}

/** The zones that are told: who gives a case away learns that it has gone. What isn't handed in is the applicant's alone. */
export function zonesTold({ zoneId, fromZoneId, isDraft }: OutboxEntry): readonly string[] {
  if (isDraft) return [];
  return fromZoneId === undefined || fromZoneId === zoneId ? [zoneId] : [zoneId, fromZoneId];
}

/** Whether it is an endpoint's matter: of a zone that is told, and of a type that it wants. */
export function concerns({ zone, types }: Pick<Subscription, 'zone' | 'types'>, entry: OutboxEntry): boolean {
  return zonesTold(entry).includes(zone) && (types === null || types.includes(webhookType(entry.kind)));
}

/** Whether an endpoint is to be told of it by itself. */
export function isWanted(subscription: Subscription, entry: OutboxEntry): boolean {
  return subscription.isEnabled && subscription.createdAt <= entry.at && concerns(subscription, entry);
}
