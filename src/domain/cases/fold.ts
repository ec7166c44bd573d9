/** The log of events of a case. The course of the case is folded from it. */

import { dayInShanghai, laterDay } from '../calendar/day.ts';
import type { Pause, PauseReason } from '../calendar/deadline.ts';
import type { Localized } from '../locale.ts';
import type { Agency, Verdict } from './agency.ts';
import { type CaseEventKind, type CaseState, stateAfter } from './state.ts';
import type { AgencyContact, RecordedReason } from './supplements/supplement-reason.ts';

export interface CaseEvent {
  /** 1, 2, 3 … without a gap, assigned by the transaction that appends the event. */
  readonly sequence: number;
  readonly kind: CaseEventKind;
  /** ISO 8601 instant, UTC. */
  readonly at: string;
  /** The acting agency; for an opinion, the agency that gives it. Absent for the applicant. */
  readonly agency?: Agency;
  /** Reason of the special procedure that stops the clock. */
  readonly pause?: PauseReason;
  /** Units of the extension. */
  readonly extendedBy?: number;
  /** The acting officer or clerk, as the issuer names them. Absent for the applicant and the system. */
  readonly by?: string;
  /** The last day of a supplement request, of a public notice, or for taking up a reconsideration. */
  readonly until?: string;
  /** Codes of the requested or supplied documents. */
  readonly documents?: readonly string[];
  /** The reason for each requested document. Absent for requests from before reasons were recorded. */
  readonly asked?: readonly RecordedReason[];
  /** The counter that answers questions on a supplement request. */
  readonly contact?: AgencyContact;
  readonly verdict?: Verdict;
  /** Reasons of a refusal, a transfer or a decision on a reconsideration. */
  readonly reasons?: readonly Localized[];
  /**
   * SHA-256 of the result document, hexadecimal. The case stores the outcome, because an erasure deletes the outcome's
   * personal data.
   */
  readonly documentSha256?: string;
  readonly fromZone?: string;
  readonly toZone?: string;
  /** The agreement between zones that the event rests on. */
  readonly agreement?: string;
  /** Working days that the agreement gives for the next step. */
  readonly days?: number;
  /** From 1 to 5. */
  readonly rating?: number;
}

export interface CaseCourse {
  readonly state: CaseState;
  /** Sequence number of the last event. */
  readonly version: number;
  /** Set once the employer has recommended the applicant. */
  readonly recommended: boolean;
  /** Set once the child's guardian has consented. */
  readonly consented: boolean;
  /** Days in Asia/Shanghai; null before the event. The day of the application counts for the type's window. */
  readonly appliedOn: string | null;
  /** The day of the last submission. */
  readonly submittedOn: string | null;
  /** Working days in which the counter that receives it hands it over. Absent without a counter in another zone. */
  readonly handOverDays?: number;
  /** The day on which that counter handed it over; null until then. */
  readonly handedOverOn?: string | null;
  readonly acceptedOn: string | null;
  readonly decidedOn: string | null;
  readonly deliveredOn: string | null;
  readonly reconsiderationOn: string | null;
  /** The day on which the reconsideration was taken up; null before it. Absent in requests that knew no such step. */
  readonly takenUpOn?: string | null;
  /** Units by which the reconsideration was extended. */
  readonly reconsiderationExtendedBy?: number;
  /** The day of the last reversal. Absent without one. */
  readonly reversedOn?: string;
  /** The day of the last transfer, and the working days for taking it up. Absent without an agreement. */
  readonly transferredOn?: string;
  readonly takeUpDays?: number;
  /** The last day of the supplement request, and of the public notice. */
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

/** Resets the former review when a case starts anew. */
const REVIEWED_ANEW = {
  decidedOn: null,
  deliveredOn: null,
  noticeUntil: null,
  pauses: [],
  extendedBy: 0,
  opinions: [],
} as const;

/** Returns the day on which the deciding zone received the application. */
export function receivedOn({ submittedOn, handedOverOn }: Pick<CaseCourse, 'submittedOn' | 'handedOverOn'>) {
  return submittedOn === null || handedOverOn == null ? submittedOn : laterDay(submittedOn, handedOverOn);
}

/** Returns the effect of an event besides the new state. */
function facts(course: CaseCourse, event: CaseEvent): Partial<CaseCourse> {
  const day = dayInShanghai(new Date(event.at));
  switch (event.kind) {
    case 'RECOMMENDED':
      return { recommended: true };
    case 'CONSENT_GIVEN':
      return { consented: true };
    case 'SUBMITTED':
      return { appliedOn: day, submittedOn: day };
    case 'HANDED_OVER':
      return { handedOverOn: day };
    case 'SUPPLEMENT_REQUESTED':
      return { supplementUntil: event.until ?? null };
    case 'SUPPLEMENTED':
      // The application counts as received when the supplement arrives.
      return { submittedOn: day, supplementUntil: null };
    case 'ACCEPTED':
      // A transferred case starts anew in the other zone.
      return course.state === 'TRANSFERRED' ? { ...REVIEWED_ANEW, acceptedOn: day } : { acceptedOn: day };
    case 'DEEMED_ACCEPTED':
      // As of the day received (Licensing Law, art. 32).
      return { acceptedOn: receivedOn(course) };
    case 'OPINION_GIVEN':
      return event.agency ? { opinions: [...course.opinions.filter((a) => a !== event.agency), event.agency] } : {};
    case 'DEADLINE_EXTENDED':
      if (course.state === 'RECONSIDERATION') return { reconsiderationExtendedBy: event.extendedBy ?? 0 };
      return { extendedBy: course.extendedBy + (event.extendedBy ?? 0) };
    case 'SPECIAL_PROCEDURE_STARTED':
      return { pauses: [...course.pauses, { from: day, to: null, reason: event.pause ?? 'EXPERT_REVIEW' }] };
    case 'SPECIAL_PROCEDURE_ENDED':
      return { pauses: endPause(course.pauses, day) };
    case 'NOT_ACCEPTED':
      // The receiving zone may refuse a case that the first zone had accepted.
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
      // Every agency is asked again. Cases that were reversed without a clock start it now.
      return course.state === 'REVERSED' ? { ...REVIEWED_ANEW, acceptedOn: course.reversedOn ?? day } : {};
    case 'TRANSFERRED':
      return event.days === undefined ? {} : { transferredOn: day, takeUpDays: event.days };
    case 'RECONSIDERATION_REQUESTED':
      return { reconsiderationOn: day, takenUpOn: null, reconsiderationExtendedBy: 0 };
    case 'RECONSIDERATION_TAKEN_UP':
      return { takenUpOn: day };
    case 'RECONSIDERATION_DEEMED_TAKEN_UP':
      return { takenUpOn: event.until ?? day };
    case 'REVERSED':
      // The limit of the new decision runs from the reversal, without the pauses of the former review.
      return { reversedOn: day, pauses: [], extendedBy: 0 };
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
 * Returns the course after one more event.
 * @param course null before the first event
 * @returns null where the state doesn't allow the event, or its number isn't the next
 */
export function afterEvent(course: CaseCourse | null, event: CaseEvent): CaseCourse | null {
  if (course === null) {
    if (event.kind !== 'OPENED' || event.sequence !== 1) return null;
    return event.days === undefined ? OPENED : { ...OPENED, handOverDays: event.days, handedOverOn: null };
  }
  const state = stateAfter(course.state, event.kind);
  if (state === null || event.sequence !== course.version + 1) return null;
  return { ...course, ...facts(course, event), state, version: event.sequence };
}

/** Returns the course of a whole log, in order; null for an empty log, or one with an event that may not follow. */
export function foldCase(events: Iterable<CaseEvent>): CaseCourse | null {
  let course: CaseCourse | null = null;
  for (const event of events) {
    course = afterEvent(course, event);
    if (course === null) return null;
  }
  return course;
}
