/** The progress of a case: its past stages, its current stage, and the stages that usually follow. */
import type { CaseCourse } from './fold.ts';
import type { CaseState } from './state.ts';

/** The first five are the usual order. The others appear where a case takes another course. */
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

const USUAL_STAGES: readonly StageName[] = ['SUBMISSION', 'ACCEPTANCE', 'REVIEW', 'DECISION', 'DELIVERY'];
const RECONSIDERED_STAGES: readonly StageName[] = [
  'SUBMISSION',
  'ACCEPTANCE',
  'RECONSIDERATION',
  'REVIEW',
  'DECISION',
  'DELIVERY',
];

/** The stage of a case in each state; null where the case has ended. */
const STAGE_OF_STATE = {
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
 * Returns the stages of a case, in order. A closed case has no upcoming stage: its list states what happened, and how
 * it ended.
 */
export function caseProgress(course: CaseCourse): readonly CaseStage[] {
  const at = STAGE_OF_STATE[course.state];
  if (at === null) return pastStages(course).map((name) => ({ name, status: 'DONE' }));
  // A reversal returns the case to review, so the former decision is not its current stage.
  const usual = course.reconsiderationOn === null ? USUAL_STAGES : RECONSIDERED_STAGES;
  const stages = at === 'RECONSIDERATION' ? [...decided(course), at] : usual;
  const here = stages.indexOf(at);
  return stages.map((name, i) => ({ name, status: i < here ? 'DONE' : i === here ? 'CURRENT' : 'UPCOMING' }));
}

function decided({ deliveredOn }: CaseCourse): readonly StageName[] {
  return deliveredOn === null ? USUAL_STAGES.slice(0, -1) : USUAL_STAGES;
}

function pastStages(course: CaseCourse): readonly StageName[] {
  const { state, submittedOn, acceptedOn, deliveredOn, reconsiderationOn } = course;
  switch (state) {
    case 'WITHDRAWN':
    case 'LAPSED':
    case 'TRANSFERRED': {
      const done = USUAL_STAGES.slice(0, acceptedOn !== null ? 2 : submittedOn !== null ? 1 : 0);
      return [...done, state];
    }
    default:
      if (acceptedOn === null) return ['SUBMISSION', 'NOT_ACCEPTED'];
      if (reconsiderationOn === null) return USUAL_STAGES;
      // Delivered after a new decision, or upheld.
      return state === 'DELIVERED' || (deliveredOn !== null && deliveredOn > reconsiderationOn)
        ? RECONSIDERED_STAGES
        : [...decided(course), 'RECONSIDERATION'];
  }
}
