/** The deadline notices of a case: an end comes near, is missed, or moves with the calendar. */

import { yearsArrangedBetween } from '../calendar/calendar.ts';
import type { ClockStep } from '../calendar/deadline.ts';
import type { Localized } from '../locale.ts';
import type { CaseDeadlines } from './deadline.ts';

/** Kinds of notices: the promised or the statutory limit is near, missed, or moved by a change of the calendar. */
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
  readonly step: ClockStep;
  /** The day of the event that started the clock. */
  readonly startedOn: string;
  /** The last day in time, as computed when the notice was recorded. */
  readonly dueOn: string;
  readonly calendarVersion: string;
  /** The case's version at that time. */
  readonly version: number;
  /** RFC 3339, UTC, with milliseconds. */
  readonly at: string;
  /** The end and its calendar before the move. */
  readonly former?: { readonly dueOn: string; readonly calendarVersion: string };
}

/**
 * Returns the identity of a notice. An end is missed once per clock, near once per due day, and moved once per change
 * of calendar.
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

/** Both ends of a clock as computed, to be compared with the ends by another calendar. */
export type ClockEnds = Pick<
  CaseDeadlines,
  'step' | 'startedOn' | 'promisedBy' | 'statutoryBy' | 'calendarVersion' | 'provisional'
>;

export function endsOf(deadlines: CaseDeadlines): ClockEnds {
  const { step, startedOn, promisedBy, statutoryBy, calendarVersion, provisional } = deadlines;
  return { step, startedOn, promisedBy, statutoryBy, calendarVersion, provisional };
}

/** Returns why an end was moved, in words; null where the notice is of no move. */
export function reasonOfMove({
  former,
  calendarVersion,
}: Pick<DeadlineNotice, 'former' | 'calendarVersion'>): Localized | null {
  if (!former) return null;
  const years = yearsArrangedBetween(former.calendarVersion, calendarVersion);
  if (years.length === 0) {
    return {
      zh: '工作日历数据已更新',
      ja: '営業日カレンダーのデータが更新された',
      en: 'The calendar of working days was updated',
    };
  }
  return {
    zh: `公布了${years.join('、')}年节假日安排`,
    ja: `${years.join('、')}年の休日の配置が公表された`,
    en: `The arrangement of holidays of ${years.join(', ')} was published`,
  };
}

/** Returns the notices of ends that another calendar has moved; empty where the days are the same. */
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
