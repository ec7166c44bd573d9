import type { Calendar } from '../calendar/calendar.ts';
import {
  type ClockStep,
  deadlineOf,
  elapsedDays,
  isBreached,
  type LimitStep,
  type LimitUnit,
  type Pause,
  RECONSIDERATION_TAKE_UP,
} from '../calendar/deadline.ts';
import { type CaseCourse, receivedOn } from './fold.ts';
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
  readonly step: ClockStep;
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

/** The step of the case type whose clock runs in each state; null where another clock runs, or none. */
const STEP_OF_STATE = {
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
  REVERSED: 'DECISION',
} as const satisfies Record<CaseState, LimitStep | null>;

/** A clock as it runs: its limits, and what lengthens them. */
interface Clock {
  readonly step: ClockStep;
  readonly startedOn: string;
  readonly promised: number;
  readonly statutory: number;
  readonly unit: LimitUnit;
  readonly extendedBy: number;
  readonly pauses: readonly Pause[];
}

/** Returns the start of a clock, and what lengthens it; null where it doesn't run. */
function runOf(
  step: LimitStep,
  course: CaseCourse,
): Pick<Clock, 'extendedBy' | 'pauses'> & { startedOn: string | null } {
  const plain = { extendedBy: 0, pauses: [] };
  switch (step) {
    case 'SUPPLEMENT_NOTICE':
      return { ...plain, startedOn: receivedOn(course) };
    case 'DECISION': {
      const { extendedBy, pauses, acceptedOn, reversedOn = null } = course;
      return { startedOn: course.state === 'REVERSED' ? reversedOn : acceptedOn, extendedBy, pauses };
    }
    case 'DELIVERY':
      return { ...plain, startedOn: course.decidedOn };
    case 'RECONSIDERATION': {
      const { takenUpOn, reconsiderationOn, reconsiderationExtendedBy = 0 } = course;
      return { ...plain, startedOn: takenUpOn ?? reconsiderationOn, extendedBy: reconsiderationExtendedBy };
    }
  }
}

function clockOf(course: CaseCourse, limits: readonly StepLimit[]): Clock | null {
  if (course.state === 'TRANSFERRED') return fixedClock('TAKE_UP', course.transferredOn, course.takeUpDays);
  if (course.state === 'RECONSIDERATION' && course.takenUpOn === null) {
    return fixedClock('RECONSIDERATION_TAKE_UP', course.reconsiderationOn, RECONSIDERATION_TAKE_UP.count);
  }
  if (course.state === 'SUBMITTED' && course.handedOverOn === null) {
    return fixedClock('HAND_OVER', course.submittedOn, course.handOverDays);
  }
  const step = STEP_OF_STATE[course.state];
  const limit = limits.find((candidate) => candidate.step === step);
  if (!step || !limit) return null;
  const { startedOn, ...more } = runOf(step, course);
  return startedOn === null ? null : { ...limit, ...more, startedOn };
}

/** Returns a clock that no case type shortens; null without a start or a limit. */
function fixedClock(step: ClockStep, startedOn: string | null | undefined, days: number | undefined): Clock | null {
  if (startedOn == null || days === undefined) return null;
  return { step, startedOn, promised: days, statutory: days, unit: 'WORKING_DAY', extendedBy: 0, pauses: [] };
}

/** Returns the deadlines of a case on a day; null where no clock runs, or its type has no limit for the step. */
export function caseDeadlines(
  course: CaseCourse,
  limits: readonly StepLimit[],
  today: string,
  calendar: Calendar,
): CaseDeadlines | null {
  const running = clockOf(course, limits);
  if (!running) return null;
  const { step, startedOn, unit, extendedBy, pauses } = running;
  const clock = (count: number) => ({ startedOn, limit: { count, unit }, extendedBy, pauses });
  const promised = deadlineOf(clock(running.promised), today, calendar);
  const statutory = deadlineOf(clock(running.statutory), today, calendar);
  return {
    step,
    startedOn,
    promisedBy: promised.dueOn,
    statutoryBy: statutory.dueOn,
    elapsed: elapsedDays(clock(running.statutory), today, calendar),
    unit,
    pauses,
    breached: isBreached(statutory, null, today),
    calendarVersion: statutory.calendarVersion,
    provisional: statutory.provisional,
  };
}
