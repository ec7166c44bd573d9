/** The work items of a case in the lists of agencies. */
import { isAtCounter } from '../access/case-relation.ts';
import { addWorkingDays, type Calendar } from '../calendar/calendar.ts';
import type { CaseTypeFacts } from '../case-types/case-type.ts';
import type { Agency } from '../cases/agency.ts';
import { caseDeadlines } from '../cases/deadline.ts';
import type { CaseSubject } from '../cases/file.ts';
import type { CaseState } from '../cases/state.ts';

/** One case in one agency's list. */
export interface Work {
  readonly caseId: string;
  readonly zoneId: string;
  readonly agency: Agency;
  readonly state: CaseState;
  /**
   * The statutory due day, `YYYY-MM-DD`; null where no clock runs. While the clock is paused: as known when the pause
   * began.
   */
  readonly dueOn: string | null;
  readonly calendarVersion: string | null;
}

type Asked = Pick<CaseTypeFacts, 'opinionsFrom'>;
type Subject = Pick<CaseSubject, 'id' | 'zoneId' | 'counter' | 'course' | 'limits' | 'handler'>;

/** Returns the agencies that have to act: the handling agency, and in a review those whose opinions are awaited. */
export function agenciesInCharge({ course, handler }: Subject, { opinionsFrom }: Asked): readonly Agency[] {
  if (handler === null) return [];
  const awaited =
    course.state === 'UNDER_REVIEW' ? opinionsFrom.filter((agency) => !course.opinions.includes(agency)) : [];
  return [...new Set([handler, ...awaited])];
}

/** Returns whether a work item is overdue. None is while its clock is paused, since its due day moves day by day. */
export function isOverdue({ state, dueOn }: Pick<Work, 'state' | 'dueOn'>, today: string): boolean {
  return dueOn !== null && dueOn < today && state !== 'SPECIAL_PROCEDURE';
}

/** Working days after today within which a work item is due soon. */
const SOON_WORKING_DAYS = 3;

/** Returns whether a work item's due day is near and not over. */
export function isDueSoon({ state, dueOn }: Pick<Work, 'state' | 'dueOn'>, today: string, calendar: Calendar): boolean {
  return (
    dueOn !== null &&
    dueOn >= today &&
    dueOn <= addWorkingDays(today, SOON_WORKING_DAYS, calendar) &&
    state !== 'SPECIAL_PROCEDURE'
  );
}

/** Returns the zone whose agencies have to act: that of the counter until it hands the application over. */
export function workZone(subject: Pick<Subject, 'zoneId' | 'counter' | 'course'>): string {
  return subject.counter && isAtCounter(subject) ? subject.counter.zoneId : subject.zoneId;
}

/** Returns the work items of a case. */
export function workOf(subject: Subject, caseType: Asked, today: string, calendar: Calendar): readonly Work[] {
  const deadlines = caseDeadlines(subject.course, subject.limits, today, calendar);
  return agenciesInCharge(subject, caseType).map((agency) => ({
    caseId: subject.id,
    zoneId: workZone(subject),
    agency,
    state: subject.course.state,
    dueOn: deadlines?.statutoryBy ?? null,
    calendarVersion: deadlines?.calendarVersion ?? null,
  }));
}
