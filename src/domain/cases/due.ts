/** What of a case falls due on which day, though nobody acts: what a schedule looks after. */
import { CALENDAR, type Calendar, workingDaysBefore } from '../calendar/calendar.ts';
import { addDays, dayInShanghai } from '../calendar/day.ts';
import { WARNED_BEFORE } from '../calendar/deadline.ts';
import type { CaseTypeFacts } from '../case-types/case-type.ts';
import { type CaseDeadlines, caseDeadlines } from './deadline.ts';
import type { CaseSubject } from './file.ts';
import { type ClockEnds, type DeadlineNotice, endsOf, type NoticeKind, noticeId } from './notice.ts';

/** What happens then: something is noted, or the system acts. */
export type DueThing = Exclude<NoticeKind, 'PROMISE_MOVED' | 'LIMIT_MOVED'> | 'DEEM_ACCEPTED' | 'LAPSE';

/** What falls due next in a case, and what it was computed with. */
export interface Due {
  readonly caseId: string;
  readonly zoneId: string;
  /** Both null where nothing more will: all is noted, or the clock is paused. */
  readonly what: DueThing | null;
  /** The day from whose beginning on it is so, `YYYY-MM-DD`; never before the day on which this was written. */
  readonly on: string | null;
  /** The case's version that it holds for. */
  readonly version: number;
  /** Null where no clock runs, and days don't depend on a calendar. */
  readonly ends: ClockEnds | null;
  /** The day on which this was written: while a clock is paused its ends depend on it. */
  readonly asOf: string;
}

type Subject = Pick<CaseSubject, 'id' | 'zoneId' | 'course' | 'limits'>;
type Asked = Pick<CaseTypeFacts, 'window'>;

/** A case at a moment, with what is noted of its clocks already. */
export interface Watched {
  readonly case: Subject;
  readonly caseType: Asked;
  readonly noted: readonly DeadlineNotice[];
}

interface Falling {
  readonly what: DueThing;
  readonly on: string;
  readonly notice?: Pick<DeadlineNotice, 'kind' | 'step' | 'startedOn' | 'dueOn' | 'calendarVersion'>;
}

/** What falls due and isn't done or noted yet, the first to fall due first. */
function falling({ case: { course, limits }, caseType, noted }: Watched, today: string, calendar: Calendar): Falling[] {
  if (course.state === 'DRAFT' || course.state === 'SUPPLEMENT_REQUIRED') {
    const until = course.state === 'DRAFT' ? caseType.window?.closesOn : course.supplementUntil;
    return until == null ? [] : [{ what: 'LAPSE', on: addDays(until, 1) }];
  }
  const deadlines = caseDeadlines(course, limits, today, calendar);
  if (!deadlines) return [];
  const isPaused = course.state === 'SPECIAL_PROCEDURE';
  const known = new Set(noted.map(noticeId));
  return (
    [...nearEnds(deadlines, today, calendar), ...missedEnds(deadlines)]
      .filter(({ notice }) => !notice || !known.has(noticeId(notice)))
      // A clock that stands comes to no end, but one may have been missed before.
      .filter(({ what, on }) => !isPaused || (on <= today && !what.endsWith('_NEAR')))
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  );
}

/** Two ends on one day are told of once; a short limit isn't near its end from its beginning, and what is over isn't near. */
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
  return [
    missed('PROMISE_MISSED', promisedBy),
    // Who tells too late what is missing has accepted (Licensing Law, art. 32): that is the event.
    step === 'SUPPLEMENT_NOTICE'
      ? { what: 'DEEM_ACCEPTED', on: addDays(statutoryBy, 1) }
      : missed('LIMIT_MISSED', statutoryBy),
  ];
}

/** What falls due next; null where nothing can as long as nobody acts, and no calendar matters. */
export function dueOf(watched: Watched, today: string, calendar = CALENDAR): Due | null {
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

/** What has fallen due by now: what is to be noted, and what the system then has to do, if anything. */
export function fallenDue(
  watched: Watched,
  now: Date,
  calendar = CALENDAR,
): { readonly notices: readonly DeadlineNotice[]; readonly action: 'DEEM_ACCEPTED' | 'LAPSE' | null } {
  const today = dayInShanghai(now);
  const fallen = falling(watched, today, calendar).filter(({ on }) => on <= today);
  const { version } = watched.case.course;
  return {
    notices: fallen.flatMap(({ notice }) => (notice ? [{ ...notice, version, at: now.toISOString() }] : [])),
    action: fallen.map(({ what }) => what).find((what) => what === 'DEEM_ACCEPTED' || what === 'LAPSE') ?? null,
  };
}
