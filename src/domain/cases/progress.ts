/** How far a case is: the stages that it went through, stands at, and has before it if it goes its usual way. */
import type { CaseCourse } from './fold.ts';
import type { CaseState } from './state.ts';

/** The usual way is the first five; the others come in where a case takes another. */
export type StageName =
  | 'SUBMISSION'
  | 'ACCEPTANCE'
  | 'REVIEW'
  | 'DECISION'
  | 'DELIVERY'
  | 'RECONSIDERATION'
  | 'NOT_ACCEPTED'
  | 'WITHDRAWN'
  | 'LAPSED'
  | 'TRANSFERRED';

export interface CaseStage {
  readonly name: StageName;
  readonly status: 'DONE' | 'CURRENT' | 'UPCOMING';
}

const USUAL_WAY: readonly StageName[] = ['SUBMISSION', 'ACCEPTANCE', 'REVIEW', 'DECISION', 'DELIVERY'];
const DECIDED_ANEW: readonly StageName[] = [
  'SUBMISSION',
  'ACCEPTANCE',
  'RECONSIDERATION',
  'REVIEW',
  'DECISION',
  'DELIVERY',
];

/** Which stage an open case stands at; null where it has come to an end. */
const STANDS_AT = {
  DRAFT: 'SUBMISSION',
  SUBMITTED: 'ACCEPTANCE',
  SUPPLEMENT_REQUIRED: 'ACCEPTANCE',
  ACCEPTED: 'REVIEW',
  NOT_ACCEPTED: null,
  UNDER_REVIEW: 'REVIEW',
  SPECIAL_PROCEDURE: 'REVIEW',
  PUBLIC_NOTICE: 'DECISION',
  APPROVED: 'DELIVERY',
  REJECTED: 'DELIVERY',
  DELIVERED: null,
  CLOSED: null,
  WITHDRAWN: null,
  LAPSED: null,
  TRANSFERRED: null,
  RECONSIDERATION: 'RECONSIDERATION',
  UPHELD: null,
  REVERSED: 'REVIEW',
} as const satisfies Record<CaseState, StageName | null>;

/**
 * The stages of a case, in order. One that has come to an end has no stage before it any more: the list says what
 * happened, and ends with what ended it.
 */
export function caseProgress(course: CaseCourse): readonly CaseStage[] {
  const at = STANDS_AT[course.state];
  if (at === null) return wentThrough(course).map((name) => ({ name, status: 'DONE' }));
  // A reversal sends it back to review: what was decided before that is not where it stands.
  const usual = course.reconsiderationOn === null ? USUAL_WAY : DECIDED_ANEW;
  const way = at === 'RECONSIDERATION' ? [...decided(course), at] : usual;
  const here = way.indexOf(at);
  return way.map((name, i) => ({ name, status: i < here ? 'DONE' : i === here ? 'CURRENT' : 'UPCOMING' }));
}

function decided({ deliveredOn }: CaseCourse): readonly StageName[] {
  return deliveredOn === null ? USUAL_WAY.slice(0, -1) : USUAL_WAY;
}

function wentThrough(course: CaseCourse): readonly StageName[] {
  const { state, submittedOn, acceptedOn, deliveredOn, reconsiderationOn } = course;
  switch (state) {
    case 'WITHDRAWN':
    case 'LAPSED':
    case 'TRANSFERRED': {
      const done = USUAL_WAY.slice(0, acceptedOn !== null ? 2 : submittedOn !== null ? 1 : 0);
      return [...done, state];
    }
    default:
      if (acceptedOn === null) return ['SUBMISSION', 'NOT_ACCEPTED'];
      if (reconsiderationOn === null) return USUAL_WAY;
      // Delivered after it was decided anew, or upheld as it was.
      return state === 'DELIVERED' || (deliveredOn !== null && deliveredOn > reconsiderationOn)
        ? DECIDED_ANEW
        : [...decided(course), 'RECONSIDERATION'];
  }
}
