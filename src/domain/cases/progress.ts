import { type Calendar, workingDayFrom } from '../calendar/calendar.ts';
import { addDays, dayInShanghai, shanghaiInstant } from '../calendar/day.ts';
import type { CaseCourse } from './fold.ts';
import type { CaseState } from './state.ts';

/** The progress of a case: its past stages, its current stage, and the stages that usually follow. */

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

/** Computes the earliest useful time of the next poll of a case. */

/**
 * The pace of changes in each state. In office hours where an agency acts; daily where time must pass or the client
 * acts; never in a final state.
 */
const PACE = {
  DRAFT: 'DAILY',
  SUBMITTED: 'OFFICE_HOURS',
  SUPPLEMENT_REQUIRED: 'DAILY',
  ACCEPTED: 'OFFICE_HOURS',
  NOT_ACCEPTED: 'DAILY',
  UNDER_REVIEW: 'OFFICE_HOURS',
  SPECIAL_PROCEDURE: 'DAILY',
  PUBLIC_NOTICE: 'DAILY',
  APPROVED: 'OFFICE_HOURS',
  REJECTED: 'OFFICE_HOURS',
  DELIVERED: 'DAILY',
  CLOSED: 'NEVER',
  WITHDRAWN: 'NEVER',
  LAPSED: 'NEVER',
  TRANSFERRED: 'NEVER',
  RECONSIDERATION: 'DAILY',
  UPHELD: 'DAILY',
  REVERSED: 'OFFICE_HOURS',
} as const satisfies Record<CaseState, 'OFFICE_HOURS' | 'DAILY' | 'NEVER'>;

/** Office hours in Asia/Shanghai, assumed of every agency. Outside of them, clients are only asked to wait. */
const OPENS = '08:30:00';
const CLOSES = '18:00:00';

/** The facts that decide the pace. `promisedBy` is the promised day of the current step; null where no clock runs. */
export interface AwaitedCase {
  readonly state: CaseState;
  readonly promisedBy: string | null;
}

/**
 * Returns the instant before which a poll is useless; null in a final state. It stays the same through a working day,
 * so that a response with it can be revalidated unchanged. It has passed already where an agency acts.
 */
export function nextPollAfter({ state, promisedBy }: AwaitedCase, now: Date, calendar: Calendar): Date | null {
  const pace = PACE[state];
  if (pace === 'NEVER') return null;
  const today = dayInShanghai(now);
  const isDue = promisedBy !== null && promisedBy <= today;
  const asksToday = now < shanghaiInstant(today, pace === 'OFFICE_HOURS' || isDue ? CLOSES : OPENS);
  return shanghaiInstant(workingDayFrom(asksToday ? today : addDays(today, 1), calendar), OPENS);
}
