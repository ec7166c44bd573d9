/** A case is its log of events: everything else about its course is folded from it. */

import { dayInShanghai } from '../calendar/day.ts';
import type { Pause, PauseReason } from '../calendar/deadline.ts';
import type { Localized } from '../locale.ts';
import type { Agency, Verdict } from './agency.ts';
import { type CaseEventKind, type CaseState, stateAfter } from './state.ts';

export interface CaseEvent {
  /** 1, 2, 3 … without a gap: given in the transaction that appends it. */
  readonly sequence: number;
  readonly kind: CaseEventKind;
  /** ISO 8601 instant, in UTC. */
  readonly at: string;
  /** The agency that acted, for an opinion the one that gives it; none where the applicant did. */
  readonly agency?: Agency;
  /** Why a special procedure stops the clock. */
  readonly pause?: PauseReason;
  /** Units that a deadline is extended by. */
  readonly extendedBy?: number;
  /** The officer or clerk who acted, as the issuer calls them; nobody where the applicant or the system did. */
  readonly by?: string;
  /** The last day of what is asked of the applicant, or of a public notice. */
  readonly until?: string;
  /** Codes of documents that are asked for, or handed in. */
  readonly documents?: readonly string[];
  readonly verdict?: Verdict;
  /** Of a refusal, a transfer or a reconsideration's outcome. */
  readonly reasons?: readonly Localized[];
  /** Hexadecimal SHA-256 of the result document. What it says is the case's, since an erasure takes away of it what is personal. */
  readonly documentSha256?: string;
  readonly fromZone?: string;
  readonly toZone?: string;
  /** 1 to 5. */
  readonly rating?: number;
}

export interface CaseCourse {
  readonly state: CaseState;
  /** Sequence number of the last event. */
  readonly version: number;
  /** Whether the employer has recommended the applicant. */
  readonly recommended: boolean;
  /** Whether the child's guardian has consented. */
  readonly consented: boolean;
  /** Days in Asia/Shanghai; null where it hasn't come to that. The day of the application counts for its window. */
  readonly appliedOn: string | null;
  /** The day of what was handed in last. */
  readonly submittedOn: string | null;
  readonly acceptedOn: string | null;
  readonly decidedOn: string | null;
  readonly deliveredOn: string | null;
  readonly reconsiderationOn: string | null;
  /** The last day of what is asked of the applicant, and of the public notice. */
  readonly supplementUntil: string | null;
  readonly noticeUntil: string | null;
  readonly pauses: readonly Pause[];
  readonly extendedBy: number;
  /** Agencies that gave their opinion in the present review. */
  readonly opinions: readonly Agency[];
  readonly rated: boolean;
}

const OPENED: CaseCourse = {
  state: 'DRAFT',
  version: 1,
  recommended: false,
  consented: false,
  appliedOn: null,
  submittedOn: null,
  acceptedOn: null,
  decidedOn: null,
  deliveredOn: null,
  reconsiderationOn: null,
  supplementUntil: null,
  noticeUntil: null,
  pauses: [],
  extendedBy: 0,
  opinions: [],
  rated: false,
};

/** What a new beginning leaves of the review before it. */
const REVIEWED_ANEW = {
  decidedOn: null,
  deliveredOn: null,
  noticeUntil: null,
  pauses: [],
  extendedBy: 0,
  opinions: [],
} as const;

/** What an event tells besides the new state. */
function facts(course: CaseCourse, event: CaseEvent): Partial<CaseCourse> {
  const day = dayInShanghai(new Date(event.at));
  switch (event.kind) {
    case 'RECOMMENDED':
      return { recommended: true };
    case 'CONSENT_GIVEN':
      return { consented: true };
    case 'SUBMITTED':
      return { appliedOn: day, submittedOn: day };
    case 'SUPPLEMENT_REQUESTED':
      return { supplementUntil: event.until ?? null };
    case 'SUPPLEMENTED':
      // What was asked for arrives: the application counts as received now.
      return { submittedOn: day, supplementUntil: null };
    case 'ACCEPTED':
      // In another zone it is a new beginning.
      return course.state === 'TRANSFERRED' ? { ...REVIEWED_ANEW, acceptedOn: day } : { acceptedOn: day };
    case 'DEEMED_ACCEPTED':
      // From the day received (Licensing Law, art. 32).
      return { acceptedOn: course.submittedOn };
    case 'OPINION_GIVEN':
      return event.agency ? { opinions: [...course.opinions.filter((a) => a !== event.agency), event.agency] } : {};
    case 'DEADLINE_EXTENDED':
      return { extendedBy: course.extendedBy + (event.extendedBy ?? 0) };
    case 'SPECIAL_PROCEDURE_STARTED':
      return { pauses: [...course.pauses, { from: day, to: null, reason: event.pause ?? 'EXPERT_REVIEW' }] };
    case 'SPECIAL_PROCEDURE_ENDED':
      return { pauses: endPause(course.pauses, day) };
    case 'NOT_ACCEPTED':
      // Another zone may not take in what the first one did.
      return { acceptedOn: null, decidedOn: day };
    case 'APPROVED':
    case 'REJECTED':
      return { decidedOn: day };
    case 'DELIVERED':
      return { deliveredOn: day };
    case 'PUBLIC_NOTICE_OPENED':
      return { noticeUntil: event.until ?? null };
    case 'WITHDRAWN':
      return { pauses: endPause(course.pauses, day) };
    case 'REVIEW_STARTED':
      // After a reversal it is a new beginning: the limit runs from this day, and all are asked again.
      return course.state === 'REVERSED' ? { ...REVIEWED_ANEW, acceptedOn: day } : {};
    case 'RECONSIDERATION_REQUESTED':
      return { reconsiderationOn: day };
    case 'RATED':
      return { rated: true };
    default:
      return {};
  }
}

function endPause(pauses: readonly Pause[], day: string): readonly Pause[] {
  return pauses.map((pause) => (pause.to === null ? { ...pause, to: day } : pause));
}

/**
 * The course after one more event.
 * @param course null before the first event
 * @returns null where the event may not happen then, or isn't the next in number
 */
export function afterEvent(course: CaseCourse | null, event: CaseEvent): CaseCourse | null {
  if (course === null) return event.kind === 'OPENED' && event.sequence === 1 ? OPENED : null;
  const state = stateAfter(course.state, event.kind);
  if (state === null || event.sequence !== course.version + 1) return null;
  return { ...course, ...facts(course, event), state, version: event.sequence };
}

/** The course of a whole log, in order; null where it is empty or holds an event that may not follow the one before. */
export function foldCase(events: Iterable<CaseEvent>): CaseCourse | null {
  let course: CaseCourse | null = null;
  for (const event of events) {
    course = afterEvent(course, event);
    if (course === null) return null;
  }
  return course;
}
