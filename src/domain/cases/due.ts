import { type Calendar, workingDaysBefore, yearsArrangedBetween } from '../calendar/calendar.ts';
import { addDays, dayInShanghai } from '../calendar/day.ts';
import { type ClockStep, WARNED_BEFORE } from '../calendar/deadline.ts';
import type { CaseTypeFacts } from '../case-types/case-type.ts';
import type { Localized } from '../locale.ts';
import { type CaseDeadlines, caseDeadlines } from './deadline.ts';
import type { CaseSubject } from './file.ts';

/**
 * Computes what falls due in a case without anyone's action: reminders, and actions of the system. A schedule processes
 * it.
 */

/** A notice to record, or an action of the system. */
export type DueThing =
  | Exclude<NoticeKind, 'PROMISE_MOVED' | 'LIMIT_MOVED'>
  | 'DEEM_ACCEPTED'
  | 'DEEM_TAKEN_UP'
  | 'LAPSE';

/** The actions of the system at a deadline. */
export type DueAction = Extract<DueThing, 'DEEM_ACCEPTED' | 'DEEM_TAKEN_UP' | 'LAPSE'>;

/** The next due event of a case, and the values that it was computed from. */
export interface Due {
  readonly caseId: string;
  readonly zoneId: string;
  /** Both null where nothing more falls due: every notice is recorded, or the clock is paused. */
  readonly what: DueThing | null;
  /** The first day on which it is due, `YYYY-MM-DD`; never before `asOf`. */
  readonly on: string | null;
  /** The version of the case that it was computed for. */
  readonly version: number;
  /** Null where no clock runs. Then the days don't depend on a calendar. */
  readonly ends: ClockEnds | null;
  /** The day of the computation. The ends of a paused clock depend on it. */
  readonly asOf: string;
}

type Subject = Pick<CaseSubject, 'id' | 'zoneId' | 'course' | 'limits'>;
type Asked = Pick<CaseTypeFacts, 'window'>;

/** A case at a moment, with the notices of its clocks that are recorded already. */
export interface Watched {
  readonly case: Subject;
  readonly caseType: Asked;
  readonly recorded: readonly DeadlineNotice[];
}

interface Falling {
  readonly what: DueThing;
  readonly on: string;
  readonly notice?: Pick<DeadlineNotice, 'kind' | 'step' | 'startedOn' | 'dueOn' | 'calendarVersion'>;
}

/** Returns due events that are neither done nor recorded yet, in the order of their days. */
function falling(
  { case: { course, limits }, caseType, recorded }: Watched,
  today: string,
  calendar: Calendar,
): Falling[] {
  if (course.state === 'DRAFT' || course.state === 'SUPPLEMENT_REQUIRED') {
    const until = course.state === 'DRAFT' ? caseType.window?.closesOn : course.supplementUntil;
    return until == null ? [] : [{ what: 'LAPSE', on: addDays(until, 1) }];
  }
  const deadlines = caseDeadlines(course, limits, today, calendar);
  if (!deadlines) return [];
  const isPaused = course.state === 'SPECIAL_PROCEDURE';
  const known = new Set(recorded.map(noticeId));
  return (
    [...nearEnds(deadlines, today, calendar), ...missedEnds(deadlines)]
      .filter(({ notice }) => !notice || !known.has(noticeId(notice)))
      // A paused clock reaches no end, but it may have missed one before.
      .filter(({ what, on }) => !isPaused || (on <= today && !what.endsWith('_NEAR')))
      .toSorted((a, b) => a.on.localeCompare(b.on))
  );
}

/**
 * Returns the reminders. Two ends on one day get one; a short limit gets none at its start, and a past end gets none.
 */
function nearEnds(deadlines: CaseDeadlines, today: string, calendar: Calendar): Falling[] {
  const { step, startedOn, promisedBy, statutoryBy, calendarVersion } = deadlines;
  const near = (kind: 'PROMISE_NEAR' | 'LIMIT_NEAR', dueOn: string): Falling[] => {
    const on = workingDaysBefore(dueOn, WARNED_BEFORE[step], calendar);
    const notice = { kind, step, startedOn, dueOn, calendarVersion };
    return on > startedOn && today <= dueOn ? [{ what: kind, on, notice }] : [];
  };
  return [...(promisedBy === statutoryBy ? [] : near('PROMISE_NEAR', promisedBy)), ...near('LIMIT_NEAR', statutoryBy)];
}

function missedEnds({ step, startedOn, promisedBy, statutoryBy, calendarVersion }: CaseDeadlines): Falling[] {
  const missed = (kind: 'PROMISE_MISSED' | 'LIMIT_MISSED', dueOn: string): Falling => ({
    what: kind,
    on: addDays(dueOn, 1),
    notice: { kind, step, startedOn, dueOn, calendarVersion },
  });
  const deemed = DEEMED[step];
  return [
    missed('PROMISE_MISSED', promisedBy),
    deemed ? { what: deemed, on: addDays(statutoryBy, 1) } : missed('LIMIT_MISSED', statutoryBy),
  ];
}

/**
 * The actions that the law takes as done after the end of a limit, so that an event replaces the notice: an application
 * without a supplement notice is accepted (Licensing Law, art. 32), a reconsideration is taken up (Reconsideration Law, art. 30).
 */
const DEEMED: { readonly [Step in ClockStep]?: DueAction } = {
  SUPPLEMENT_NOTICE: 'DEEM_ACCEPTED',
  RECONSIDERATION_TAKE_UP: 'DEEM_TAKEN_UP',
};

/** Returns the next due event; null where nothing can fall due and no calendar matters. */
export function dueOf(watched: Watched, today: string, calendar: Calendar): Due | null {
  const { id, zoneId, course, limits } = watched.case;
  const next = falling(watched, today, calendar)[0];
  const deadlines = caseDeadlines(course, limits, today, calendar);
  if (!next && !deadlines) return null;
  return {
    caseId: id,
    zoneId,
    what: next?.what ?? null,
    on: next ? (next.on > today ? next.on : today) : null,
    version: course.version,
    ends: deadlines && endsOf(deadlines),
    asOf: today,
  };
}

/** Returns everything due by now: the notices to record, and the action of the system, if any. */
export function fallenDue(
  watched: Watched,
  now: Date,
  calendar: Calendar,
): { readonly notices: readonly DeadlineNotice[]; readonly action: DueAction | null } {
  const today = dayInShanghai(now);
  const fallen = falling(watched, today, calendar).filter(({ on }) => on <= today);
  const { version } = watched.case.course;
  return {
    notices: fallen.flatMap(({ notice }) => (notice ? [{ ...notice, version, at: now.toISOString() }] : [])),
    action: fallen.map(({ what }) => what).find(isAction) ?? null,
  };
}

const ACTIONS: readonly DueThing[] = ['DEEM_ACCEPTED', 'DEEM_TAKEN_UP', 'LAPSE'] satisfies readonly DueAction[];
const isAction = (what: DueThing): what is DueAction => ACTIONS.includes(what);

/** The deadline notices of a case: an end comes near, is missed, or moves with the calendar. */

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
