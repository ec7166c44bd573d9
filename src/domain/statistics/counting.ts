/**
 * The effect of a case's change on the statistics of its month. The stream's consumer and a rebuild both count by it.
 */

import type { Calendar } from '../calendar/calendar.ts';
import { dayInShanghai } from '../calendar/day.ts';
import { elapsedDays } from '../calendar/deadline.ts';
import { caseDeadlines, type StepLimit } from '../cases/deadline.ts';
import type { CaseCourse } from '../cases/fold.ts';
import type { CaseState, WaitedFor } from '../cases/state.ts';
import { type CaseTally, decisionBucket, EMPTY_CASE_TALLY } from './tally.ts';

/** The counted facts of a case at one time. */
export interface CountedCase {
  readonly kind: string;
  readonly route: string;
  readonly parkId: string | null;
  readonly zoneId: string;
  readonly course: CaseCourse;
  readonly limits: readonly StepLimit[];
  readonly waitingOn: WaitedFor;
}

/** An addition to the tally of a kind, month (`2026-10`), place and route. Its `waiting` is a difference. */
export interface CaseCount {
  readonly kind: string;
  readonly month: string;
  readonly parkId: string | null;
  readonly zoneId: string;
  readonly route: string;
  readonly add: CaseTally;
}

/** States of a case that is open: received, and not yet ended. */
const IS_OPEN = {
  DRAFT: false,
  SUBMITTED: true,
  SUPPLEMENT_REQUIRED: true,
  ACCEPTED: true,
  NOT_ACCEPTED: false,
  UNDER_REVIEW: true,
  SPECIAL_PROCEDURE: true,
  PUBLIC_NOTICE: true,
  APPROVED: true,
  REJECTED: true,
  DELIVERED: false,
  CLOSED: false,
  WITHDRAWN: false,
  LAPSED: false,
  TRANSFERRED: true,
  RECONSIDERATION: true,
  UPHELD: false,
  REVERSED: true,
} as const satisfies Record<CaseState, boolean>;

/**
 * Returns the additions of a change, in the month of the day on which it happened.
 * @param before null for a new case
 * @param at the instant of the change, RFC 3339
 */
export function countsOfChange(
  before: CountedCase | null,
  after: CountedCase,
  { at, calendar }: { readonly at: string; readonly calendar: Calendar },
): readonly CaseCount[] {
  const day = dayInShanghai(new Date(at));
  const count = (of: CountedCase, add: Partial<CaseTally>): CaseCount => ({
    kind: of.kind,
    month: day.slice(0, 7),
    parkId: of.parkId,
    zoneId: of.zoneId,
    route: of.route,
    add: { ...EMPTY_CASE_TALLY, ...add },
  });
  const received = before?.course.submittedOn == null && after.course.submittedOn !== null;
  return [
    ...(received ? [count(after, { received: 1 })] : []),
    ...(before && isDecided(before, after) ? [count(after, decisionOf(before, after, { day, calendar }))] : []),
    ...waitingChange(before, after).map(({ of, by }) =>
      count(of, { waiting: { ...EMPTY_CASE_TALLY.waiting, [of.waitingOn]: by } }),
    ),
  ];
}

function isDecided(before: CountedCase, { course }: CountedCase): boolean {
  return course.state !== before.course.state && (course.state === 'APPROVED' || course.state === 'REJECTED');
}

function decisionOf(
  before: CountedCase,
  after: CountedCase,
  { day, calendar }: { readonly day: string; readonly calendar: Calendar },
): Partial<CaseTally> {
  const { acceptedOn: startedOn, pauses } = before.course;
  const limit = { count: 0, unit: 'WORKING_DAY' } as const;
  const days = startedOn === null ? 0 : elapsedDays({ startedOn, limit, extendedBy: 0, pauses }, day, calendar);
  const promisedBy = caseDeadlines(before.course, before.limits, day, calendar)?.promisedBy;
  const isLate = promisedBy !== undefined && day > promisedBy;
  const decisionDays = [...EMPTY_CASE_TALLY.decisionDays];
  decisionDays[decisionBucket(days)] = 1;
  return {
    [after.course.state === 'APPROVED' ? 'approved' : 'rejected']: 1,
    [isLate ? 'late' : 'onTime']: 1,
    decisionDays,
  };
}

function waitingChange(before: CountedCase | null, after: CountedCase): readonly { of: CountedCase; by: 1 | -1 }[] {
  const left = before && IS_OPEN[before.course.state] ? before : null;
  const come = IS_OPEN[after.course.state] ? after : null;
  if (left && come && placeOf(left) === placeOf(come)) return [];
  return [...(left ? [{ of: left, by: -1 as const }] : []), ...(come ? [{ of: come, by: 1 as const }] : [])];
}

function placeOf({ parkId, zoneId, route, waitingOn }: CountedCase): string {
  return JSON.stringify([parkId, zoneId, route, waitingOn]);
}
