/** A case is its log of events: everything else about its course is folded from it. */
import { type CaseEventKind, type CaseState, stateAfter } from './case-state.ts';
import { dayInShanghai } from './day.ts';
import type { Pause, PauseReason } from './deadline.ts';

export const AGENCIES = ['HRSS', 'EDU', 'PSB', 'HOUSING', 'PARK'] as const;
export type Agency = (typeof AGENCIES)[number];

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
}

export interface CaseCourse {
  readonly state: CaseState;
  /** Sequence number of the last event. */
  readonly version: number;
  /** Days in Asia/Shanghai; null where it hasn't come to that. */
  readonly submittedOn: string | null;
  readonly acceptedOn: string | null;
  readonly decidedOn: string | null;
  readonly deliveredOn: string | null;
  readonly reconsiderationOn: string | null;
  readonly pauses: readonly Pause[];
  readonly extendedBy: number;
  /** Agencies that gave their opinion in the present review. */
  readonly opinions: readonly Agency[];
  readonly rated: boolean;
}

const OPENED: CaseCourse = {
  state: 'DRAFT',
  version: 1,
  submittedOn: null,
  acceptedOn: null,
  decidedOn: null,
  deliveredOn: null,
  reconsiderationOn: null,
  pauses: [],
  extendedBy: 0,
  opinions: [],
  rated: false,
};

/** What an event tells besides the new state. */
function facts(course: CaseCourse, event: CaseEvent): Partial<CaseCourse> {
  const day = dayInShanghai(new Date(event.at));
  switch (event.kind) {
    case 'SUBMITTED':
    case 'SUPPLEMENTED':
      // What was asked for arrives: the application counts as received now.
      return { submittedOn: day };
    case 'ACCEPTED':
      return { acceptedOn: day };
    case 'OPINION_GIVEN':
      return event.agency ? { opinions: [...course.opinions.filter((a) => a !== event.agency), event.agency] } : {};
    case 'DEADLINE_EXTENDED':
      return { extendedBy: course.extendedBy + (event.extendedBy ?? 0) };
    case 'SPECIAL_PROCEDURE_STARTED':
      return { pauses: [...course.pauses, { from: day, to: null, reason: event.pause ?? 'EXPERT_REVIEW' }] };
    case 'SPECIAL_PROCEDURE_ENDED':
      return { pauses: endPause(course.pauses, day) };
    case 'NOT_ACCEPTED':
    case 'APPROVED':
    case 'REJECTED':
      return { decidedOn: day };
    case 'DELIVERED':
      return { deliveredOn: day };
    case 'WITHDRAWN':
      return { pauses: endPause(course.pauses, day) };
    case 'REVIEW_STARTED':
      // After a reversal it is a new beginning: the limit runs from this day, and all are asked again.
      return course.state === 'REVERSED'
        ? { acceptedOn: day, decidedOn: null, deliveredOn: null, pauses: [], extendedBy: 0, opinions: [] }
        : {};
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
