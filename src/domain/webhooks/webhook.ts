/**
 * Webhooks to the systems of a zone about its cases, its linkages with other zones and policies: what it is about,
 * the event and its time, and no personal data. Their form is that of Standard Webhooks (standardwebhooks.com).
 */
import { NOTICE_KINDS } from '../cases/due.ts';
import { CASE_EVENT_KINDS } from '../cases/state.ts';
import { AGREEMENT_EVENTS, COVERAGE_EVENTS } from '../linkages/linkage-event.ts';
import { RECOGNITION_EVENTS } from '../linkages/recognition.ts';
import { RELOCATION_EVENTS } from '../linkages/relocation.ts';

/** An entry of the outbox. */
export interface OutboxEntry {
  /** The case; of a linkage, the agreement, coverage, recognition or relocation; the policy. */
  readonly caseId: string;
  /** Its name among the entries of the case: the sort key of its item. */
  readonly entry: string;
  /** The version of the agreement, coverage, recognition or relocation, or the number of the policy's; absent for cases. */
  readonly version?: number | undefined;
  /** The agreement that a coverage, a recognition or a relocation rests on; absent for others. */
  readonly agreementId?: string | undefined;
  /** The number of the case's event; absent for other entries. */
  readonly sequence?: number | undefined;
  /** The time limit of a deadline notice, and its last day; absent for an event. */
  readonly step?: string | undefined;
  readonly dueOn?: string | undefined;
  /** The kind of the event or notice, e.g. `SUBMITTED`. */
  readonly kind: string;
  /** The zone that handles the case after it, the party of a linkage, or a zone that the policy concerns. */
  readonly zoneId: string;
  /** The zone that transferred the case by it, or whose counter received it; absent otherwise. */
  readonly fromZoneId?: string | undefined;
  /** Set where the case is still a draft after it. */
  readonly isDraft?: boolean | undefined;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** The webhooks that a zone subscribes to. */
export interface Subscription {
  readonly zone: string;
  /** Types of webhooks, e.g. `case.submitted`, `agreement.signed`; null for all. */
  readonly types: readonly string[] | null;
  /** Earlier events are sent by a replay only. */
  readonly createdAt: string;
  readonly isEnabled: boolean;
}

/** The first part of a webhook's type, by the prefix of the id that it is about. */
const SUBJECTS = {
  case: 'case',
  agr: 'agreement',
  cov: 'coverage',
  recog: 'recognition',
  reloc: 'relocation',
  policy: 'policy',
} as const;
type Subject = keyof typeof SUBJECTS;

const typeOf = (subject: Subject, kind: string) => `${SUBJECTS[subject]}.${kind.toLowerCase()}`;

const isSubject = (prefix: string): prefix is Subject => Object.hasOwn(SUBJECTS, prefix);
const prefixOf = (id: string) => id.slice(0, Math.max(0, id.indexOf('_')));

/** Returns whether webhooks tell of what has an id. */
export const isToldOf = (id: string): boolean => isSubject(prefixOf(id));

function subjectOf(id: string): Subject {
  const prefix = prefixOf(id);
  return isSubject(prefix) ? prefix : 'case';
}

/** Returns the type of an entry: `case.submitted` for `SUBMITTED` of a case. */
export const webhookType = ({ caseId, kind }: Pick<OutboxEntry, 'caseId' | 'kind'>): string =>
  typeOf(subjectOf(caseId), kind);

/**
 * Every type: of case events and deadline notices, of agreements, coverages, recognitions, relocations and policies. OPENED makes a draft
 * of a case, which is sent to no zone.
 */
export const WEBHOOK_TYPES: readonly string[] = [
  ...[...CASE_EVENT_KINDS, ...NOTICE_KINDS].filter((kind) => kind !== 'OPENED').map((kind) => typeOf('case', kind)),
  ...AGREEMENT_EVENTS.map((kind) => typeOf('agr', kind)),
  ...COVERAGE_EVENTS.map((kind) => typeOf('cov', kind)),
  ...RECOGNITION_EVENTS.map((kind) => typeOf('recog', kind)),
  ...RELOCATION_EVENTS.map((kind) => typeOf('reloc', kind)),
  typeOf('policy', 'PUBLISHED'),
];

/** Returns the body of a webhook: the same for every endpoint and attempt. */
export function webhookBody(entry: OutboxEntry): string {
  const { caseId: id, sequence, version, agreementId: agreement, step, dueOn, zoneId: zone } = entry;
  // JSON omits undefined fields.
  const data = { [SUBJECTS[subjectOf(id)]]: id, ...(agreement && { agreement }), sequence, version, step, dueOn, zone };
  return JSON.stringify({ type: webhookType(entry), timestamp: entry.at, data });
}

/** Returns the zones that get an entry. A zone that transfers a case learns of it. A draft is the applicant's alone. */
export function recipientZones({ zoneId, fromZoneId, isDraft }: OutboxEntry): readonly string[] {
  if (isDraft) return [];
  return fromZoneId === undefined || fromZoneId === zoneId ? [zoneId] : [zoneId, fromZoneId];
}

/** Returns whether an entry concerns an endpoint, by its zone and its types. */
export function concerns({ zone, types }: Pick<Subscription, 'zone' | 'types'>, entry: OutboxEntry): boolean {
  return recipientZones(entry).includes(zone) && (types === null || types.includes(webhookType(entry)));
}

/** Returns whether an entry is sent to an endpoint without a replay. */
export function isWanted(subscription: Subscription, entry: OutboxEntry): boolean {
  return subscription.isEnabled && subscription.createdAt <= entry.at && concerns(subscription, entry);
}
