/** What a case asks of agencies and of the clock: what stands in whose list, and what is due when. */
import { caseDeadlines, STEP_OF_STATE } from './case-deadline.ts';
import type { CaseSubject } from './case-file.ts';
import type { Agency } from './case-fold.ts';
import type { CaseState } from './case-state.ts';
import type { CaseTypeFacts } from './case-type.ts';
import type { LimitStep } from './deadline.ts';

/** One case in one agency's list. */
export interface Work {
  readonly caseId: string;
  readonly zoneId: string;
  readonly agency: Agency;
  readonly state: CaseState;
  /** The statutory end, `YYYY-MM-DD`; null where no clock runs. While the clock is paused: as known when the pause began. */
  readonly dueOn: string | null;
  readonly calendarVersion: string | null;
}

/** The day by which something must have happened to a case, for what looks after deadlines. */
export interface Due {
  readonly caseId: string;
  readonly zoneId: string;
  /** What runs out: an agency's limit, or what the applicant was given (`SUPPLEMENT`, and `WINDOW` for a draft). */
  readonly what: LimitStep | 'SUPPLEMENT' | 'WINDOW';
  /** The last day in time. */
  readonly dueOn: string;
  /** The case's version that it holds for. */
  readonly version: number;
  readonly calendarVersion: string | null;
}

type Asked = Pick<CaseTypeFacts, 'opinionsFrom' | 'window'>;
type Subject = Pick<CaseSubject, 'id' | 'zoneId' | 'course' | 'limits' | 'handler'>;

/** Who has to do something: the agency that has the case in hand, and in a review those whose opinions are awaited. */
export function agenciesInCharge({ course, handler }: Subject, { opinionsFrom }: Asked): readonly Agency[] {
  if (handler === null) return [];
  const awaited =
    course.state === 'UNDER_REVIEW' ? opinionsFrom.filter((agency) => !course.opinions.includes(agency)) : [];
  return [...new Set([handler, ...awaited])];
}

/** Whether its day is over. While the clock is paused nothing is: the day that is known then is put off day by day. */
export function isOverdue({ state, dueOn }: Pick<Work, 'state' | 'dueOn'>, today: string): boolean {
  return dueOn !== null && dueOn < today && state !== 'SPECIAL_PROCEDURE';
}

/** The case's entries in the agencies' lists. */
export function workOf(subject: Subject, caseType: Asked, today: string): readonly Work[] {
  const deadlines = caseDeadlines(subject.course, subject.limits, today);
  return agenciesInCharge(subject, caseType).map((agency) => ({
    caseId: subject.id,
    zoneId: subject.zoneId,
    agency,
    state: subject.course.state,
    dueOn: deadlines?.statutoryBy ?? null,
    calendarVersion: deadlines?.calendarVersion ?? null,
  }));
}

/** What is due next; null where nothing is, also while a clock is paused. */
export function dueOf(subject: Subject, { window }: Asked, today: string): Due | null {
  const { course, limits, id, zoneId } = subject;
  const due = (what: Due['what'], dueOn: string | null | undefined, calendarVersion: string | null = null) =>
    dueOn == null ? null : { caseId: id, zoneId, what, dueOn, version: course.version, calendarVersion };
  switch (course.state) {
    case 'DRAFT':
      return due('WINDOW', window?.closesOn);
    case 'SUPPLEMENT_REQUIRED':
      return due('SUPPLEMENT', course.supplementUntil);
    case 'SPECIAL_PROCEDURE':
      return null;
    default: {
      const step = STEP_OF_STATE[course.state];
      const deadlines = caseDeadlines(course, limits, today);
      return step && due(step, deadlines?.statutoryBy, deadlines?.calendarVersion);
    }
  }
}
