/** What a case asks of agencies: what stands in whose list. */
import { addWorkingDays, CALENDAR } from '../calendar/calendar.ts';
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
  /** The statutory end, `YYYY-MM-DD`; null where no clock runs. While the clock is paused: as known when the pause began. */
  readonly dueOn: string | null;
  readonly calendarVersion: string | null;
}

type Asked = Pick<CaseTypeFacts, 'opinionsFrom'>;
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

/** What falls due on one of so many working days after today is due soon, as what falls due today. */
const SOON_WORKING_DAYS = 3;

/** Whether its day is near and not over. */
export function isDueSoon({ state, dueOn }: Pick<Work, 'state' | 'dueOn'>, today: string): boolean {
  return (
    dueOn !== null &&
    dueOn >= today &&
    dueOn <= addWorkingDays(today, SOON_WORKING_DAYS) &&
    state !== 'SPECIAL_PROCEDURE'
  );
}

/** The case's entries in the agencies' lists. */
export function workOf(subject: Subject, caseType: Asked, today: string, calendar = CALENDAR): readonly Work[] {
  const deadlines = caseDeadlines(subject.course, subject.limits, today, calendar);
  return agenciesInCharge(subject, caseType).map((agency) => ({
    caseId: subject.id,
    zoneId: subject.zoneId,
    agency,
    state: subject.course.state,
    dueOn: deadlines?.statutoryBy ?? null,
    calendarVersion: deadlines?.calendarVersion ?? null,
  }));
}
