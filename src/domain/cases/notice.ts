/** What the clock of a case brings about though nobody acts: an end that comes near, is missed, or is moved by the calendar. */

import type { LimitStep } from '../calendar/deadline.ts';
import type { CaseDeadlines } from './deadline.ts';

/** Of what was promised and of what the law allows: near, missed, moved because the calendar of working days changed. */
export const NOTICE_KINDS = [
  'PROMISE_NEAR',
  'PROMISE_MISSED',
  'PROMISE_MOVED',
  'LIMIT_NEAR',
  'LIMIT_MISSED',
  'LIMIT_MOVED',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface DeadlineNotice {
  readonly kind: NoticeKind;
  readonly step: LimitStep;
  /** The day of the event that started the clock. */
  readonly startedOn: string;
  /** The last day in time, as it was known then. */
  readonly dueOn: string;
  readonly calendarVersion: string;
  /** The case's version then. */
  readonly version: number;
  /** RFC 3339, UTC, with milliseconds. */
  readonly at: string;
  /** What both were before the end was moved. */
  readonly former?: { readonly dueOn: string; readonly calendarVersion: string };
}

/**
 * Whether two are one: an end is missed once a clock, near once a day that it falls on, and moved once from one calendar to
 * another.
 */
export function noticeId({
  kind,
  step,
  startedOn,
  dueOn,
  calendarVersion,
  former,
}: Omit<DeadlineNotice, 'version' | 'at'>): string {
  switch (kind) {
    case 'PROMISE_MISSED':
    case 'LIMIT_MISSED':
      return `${step}#${startedOn}#${kind}`;
    case 'PROMISE_NEAR':
    case 'LIMIT_NEAR':
      return `${step}#${startedOn}#${kind}#${dueOn}`;
    case 'PROMISE_MOVED':
    case 'LIMIT_MOVED':
      return `${step}#${startedOn}#${kind}#${former?.calendarVersion}#${calendarVersion}`;
  }
}

/** Both ends of a clock as they were computed, to be compared with what another calendar makes of them. */
export type ClockEnds = Pick<
  CaseDeadlines,
  'step' | 'startedOn' | 'promisedBy' | 'statutoryBy' | 'calendarVersion' | 'provisional'
>;

export function endsOf(deadlines: CaseDeadlines): ClockEnds {
  const { step, startedOn, promisedBy, statutoryBy, calendarVersion, provisional } = deadlines;
  return { step, startedOn, promisedBy, statutoryBy, calendarVersion, provisional };
}

/** What is to be noted where another calendar has moved ends: nothing where they are the same days. */
export function noticesOfMove(before: ClockEnds, after: ClockEnds, version: number, now: Date): DeadlineNotice[] {
  const moved = (kind: NoticeKind, from: string, to: string): DeadlineNotice[] =>
    from === to
      ? []
      : [
          {
            kind,
            step: after.step,
            startedOn: after.startedOn,
            dueOn: to,
            calendarVersion: after.calendarVersion,
            version,
            at: now.toISOString(),
            former: { dueOn: from, calendarVersion: before.calendarVersion },
          },
        ];
  return [
    ...moved('PROMISE_MOVED', before.promisedBy, after.promisedBy),
    ...moved('LIMIT_MOVED', before.statutoryBy, after.statutoryBy),
  ];
}
