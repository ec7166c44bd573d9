import type { Calendar } from '../calendar/calendar.ts';
import {
  deadlineOf,
  elapsedDays,
  isBreached,
  type LimitStep,
  type LimitUnit,
  type Pause,
} from '../calendar/deadline.ts';
import type { CaseCourse } from './fold.ts';
import type { CaseState } from './state.ts';

/** The promised and the statutory limit of a step, in the same unit. */
export interface StepLimit {
  readonly step: LimitStep;
  readonly promised: number;
  readonly statutory: number;
  readonly unit: LimitUnit;
}

/** Both ends of the running clock of a case. */
export interface CaseDeadlines {
  readonly step: LimitStep;
  /** The day of the event that started the clock. */
  readonly startedOn: string;
  readonly promisedBy: string;
  readonly statutoryBy: string;
  /** Days used up until today, in the limit's unit (limits in months count calendar days). */
  readonly elapsed: number;
  readonly unit: LimitUnit;
  readonly pauses: readonly Pause[];
  readonly breached: boolean;
  readonly calendarVersion: string;
  readonly provisional: boolean;
}

/** The step whose clock runs in each state; null where no agency has to act. */
export const STEP_OF_STATE = {
  DRAFT: null,
  SUBMITTED: 'SUPPLEMENT_NOTICE',
  SUPPLEMENT_REQUIRED: null,
  ACCEPTED: 'DECISION',
  NOT_ACCEPTED: null,
  UNDER_REVIEW: 'DECISION',
  SPECIAL_PROCEDURE: 'DECISION',
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
  REVERSED: null,
} as const satisfies Record<CaseState, LimitStep | null>;

function startOf(step: LimitStep, course: CaseCourse): string | null {
  switch (step) {
    case 'SUPPLEMENT_NOTICE':
      return course.submittedOn;
    case 'DECISION':
      return course.acceptedOn;
    case 'DELIVERY':
      return course.decidedOn;
    case 'RECONSIDERATION':
      return course.reconsiderationOn;
  }
}

/** Returns the deadlines of a case on a day; null where no clock runs, or its type has no limit for the step. */
export function caseDeadlines(
  course: CaseCourse,
  limits: readonly StepLimit[],
  today: string,
  calendar: Calendar,
): CaseDeadlines | null {
  const step = STEP_OF_STATE[course.state];
  const limit = limits.find((candidate) => candidate.step === step);
  const startedOn = step && startOf(step, course);
  if (!step || !limit || !startedOn) return null;
  // Only the decision has pauses and extensions.
  const pauses = step === 'DECISION' ? course.pauses : [];
  const extendedBy = step === 'DECISION' ? course.extendedBy : 0;
  const clock = (count: number) => ({ startedOn, limit: { count, unit: limit.unit }, extendedBy, pauses });
  const promised = deadlineOf(clock(limit.promised), today, calendar);
  const statutory = deadlineOf(clock(limit.statutory), today, calendar);
  return {
    step,
    startedOn,
    promisedBy: promised.dueOn,
    statutoryBy: statutory.dueOn,
    elapsed: elapsedDays(clock(limit.statutory), today, calendar),
    unit: limit.unit,
    pauses,
    breached: isBreached(statutory, null, today),
    calendarVersion: statutory.calendarVersion,
    provisional: statutory.provisional,
  };
}
