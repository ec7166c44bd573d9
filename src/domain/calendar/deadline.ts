import { addWorkingDays, CALENDAR, type Calendar, countWorkingDays, workingDayFrom } from './calendar.ts';
import { addDays, addMonths, type DayInterval, daysBetween, earlierDay, laterDay } from './day.ts';

export const LIMIT_UNITS = ['WORKING_DAY', 'CALENDAR_DAY', 'MONTH'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

export interface Limit {
  readonly count: number;
  readonly unit: LimitUnit;
}

/** The clocks that a case type limits, in the order in which a case starts them. */
export const LIMIT_STEPS = ['SUPPLEMENT_NOTICE', 'DECISION', 'DELIVERY', 'RECONSIDERATION'] as const;
export type LimitStep = (typeof LIMIT_STEPS)[number];

/** All clocks of a case: also those that an agreement between zones or the law alone limits. */
export const CLOCK_STEPS = [...LIMIT_STEPS, 'HAND_OVER', 'TAKE_UP', 'RECONSIDERATION_TAKE_UP'] as const;
export type ClockStep = (typeof CLOCK_STEPS)[number];

/**
 * The statutory limits, which a case type may only shorten. Administrative Licensing Law (2019): the agency names
 * everything that is missing within 5 days, else the application counts as accepted from the day received (art. 32). It
 * decides in 20 days, extended once by 10 (art. 42), and delivers in 10 (art. 44). Its days are working days (art. 82).
 * Administrative Reconsideration Law (2023): it decides in 60 days, extended by up to 30 (art. 62).
 */
export const STATUTORY_LIMITS = {
  SUPPLEMENT_NOTICE: { count: 5, unit: 'WORKING_DAY', extension: 0 },
  DECISION: { count: 20, unit: 'WORKING_DAY', extension: 10 },
  DELIVERY: { count: 10, unit: 'WORKING_DAY', extension: 0 },
  RECONSIDERATION: { count: 60, unit: 'CALENDAR_DAY', extension: 30 },
} as const satisfies Record<LimitStep, Limit & { readonly extension: number }>;

/**
 * The period for taking up a reconsideration, after which it counts as taken up (Reconsideration Law, art. 30). Its days
 * are working days (art. 88).
 */
export const RECONSIDERATION_TAKE_UP: Limit = { count: 5, unit: 'WORKING_DAY' };

/** Lead time of deadline reminders, in working days. Shorter limits get no reminder. */
export const WARNED_BEFORE = {
  SUPPLEMENT_NOTICE: 1,
  DECISION: 3,
  DELIVERY: 2,
  RECONSIDERATION: 5,
  HAND_OVER: 1,
  TAKE_UP: 1,
  RECONSIDERATION_TAKE_UP: 1,
} as const satisfies Record<ClockStep, number>;

/**
 * Returns the largest limit in a unit that never ends after another limit. At least half of any calendar days are
 * worked, holidays included; a month has 28 to 31 days.
 */
export function maxWithin({ count, unit: of }: Limit, unit: LimitUnit): number {
  if (unit === of) return count;
  switch (of) {
    case 'WORKING_DAY':
      return unit === 'MONTH' ? Math.floor(count / 31) : count;
    case 'CALENDAR_DAY':
      return Math.floor(count / (unit === 'MONTH' ? 31 : 2));
    case 'MONTH':
      return count * (unit === 'CALENDAR_DAY' ? 28 : 14);
  }
}

/**
 * The period for requesting reconsideration, from the day that the decision is known (Reconsideration Law, art. 20).
 */
export const RECONSIDERATION_FILING: Limit = { count: 60, unit: 'CALENDAR_DAY' };

export const PAUSE_REASONS = ['HEARING', 'EXPERT_REVIEW', 'WAITING_FOR_APPLICANT'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Days on which the clock stands still: hearing, expert review, waiting for the applicant (Licensing Law, art. 45). */
export interface Pause extends DayInterval {
  readonly reason: PauseReason;
}

export interface RunningClock {
  /** The day of the event that starts the clock. Counting begins with the next day (Civil Code, art. 201). */
  readonly startedOn: string;
  readonly limit: Limit;
  /** Further units granted; 0 without an extension. */
  readonly extendedBy: number;
  readonly pauses: readonly Pause[];
}

export interface Deadline {
  /**
   * The last day in time. While the clock is paused, it is computed as if the pause ended today: the earliest possible
   * day.
   */
  readonly dueOn: string;
  readonly calendarVersion: string;
  /** Set while a year that it passes isn't published yet. The day may still move. */
  readonly provisional: boolean;
}

/** The unit in which days are counted: working days by a calendar, or all days. */
interface DayCount {
  /** Returns the day `count` units after a day. */
  readonly after: (day: string, count: number) => string;
  /** Returns the units after `from`, up to and with `to`. */
  readonly between: (from: string, to: string) => number;
}

const EVERY_DAY: DayCount = {
  after: addDays,
  between: (from, to) => Math.max(0, daysBetween(from, to)),
};

function dayCountOf(unit: LimitUnit, calendar: Calendar): DayCount {
  if (unit !== 'WORKING_DAY') return EVERY_DAY;
  return {
    after: (day, count) => addWorkingDays(day, count, calendar),
    between: (from, to) => countWorkingDays(from, to, calendar),
  };
}

/** An interval of days whose end is known. */
interface KnownInterval {
  readonly from: string;
  readonly to: string;
}

/** Returns the days of pauses as intervals in their order, none of which overlap. A pause without an end ends with `until`. */
function pausedDays(pauses: readonly Pause[], until: string): readonly KnownInterval[] {
  const merged: KnownInterval[] = [];
  const known = pauses.map(({ from, to }) => ({ from, to: to ?? laterDay(from, until) }));
  for (const { from, to } of known.sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (last && from <= last.to) merged[merged.length - 1] = { from: last.from, to: laterDay(last.to, to) };
    else if (from <= to) merged.push({ from, to });
  }
  return merged;
}

/** Returns the day on which `count` units after a day are over. Days of pauses don't count. */
function countOn(startedOn: string, count: number, paused: readonly KnownInterval[], days: DayCount): string {
  let at = startedOn;
  let left = count;
  for (const { from, to } of paused) {
    const before = days.between(at, addDays(from, -1));
    if (before >= left) break;
    left -= before;
    at = laterDay(at, to);
  }
  return days.after(at, left);
}

/**
 * Returns the last day of a limit. A limit in calendar days or months that would end on a free day ends on the next
 * working day (Civil Code, art. 203). Each day of a pause extends it by one day.
 */
function lastDay({ startedOn, limit, extendedBy, pauses }: RunningClock, today: string, calendar: Calendar): string {
  const count = limit.count + extendedBy;
  const paused = pausedDays(pauses, today);
  if (limit.unit !== 'MONTH') {
    const end = countOn(startedOn, count, paused, dayCountOf(limit.unit, calendar));
    return limit.unit === 'WORKING_DAY' ? end : workingDayFrom(end, calendar);
  }
  // A month ends on its day of the month; every day of a pause until then moves it.
  const days = daysBetween(startedOn, addMonths(startedOn, count));
  return workingDayFrom(countOn(startedOn, days, paused, EVERY_DAY), calendar);
}

/** Returns the end of a running clock, as known on the day `today`. */
export function deadlineOf(clock: RunningClock, today: string, calendar = CALENDAR): Deadline {
  const dueOn = lastDay(clock, today, calendar);
  return { dueOn, calendarVersion: calendar.version, provisional: calendar.statusOf(dueOn) === 'PROVISIONAL' };
}

/**
 * Returns how much of a limit is used up at the end of a day: unpaused days after the start. It is in the limit's own
 * unit; limits in months count calendar days.
 */
export function elapsedDays({ startedOn, limit, pauses }: RunningClock, on: string, calendar = CALENDAR): number {
  const days = dayCountOf(limit.unit, calendar);
  const inPauses = pausedDays(pauses, on).map(({ from, to }) =>
    days.between(laterDay(startedOn, addDays(from, -1)), earlierDay(to, on)),
  );
  return days.between(startedOn, on) - inPauses.reduce((sum, each) => sum + each, 0);
}

/**
 * Returns whether a limit was missed: the step was done after it, or is not done by the end of the day before `today`.
 */
export function isBreached(deadline: Pick<Deadline, 'dueOn'>, doneOn: string | null, today: string): boolean {
  return (doneOn ?? today) > deadline.dueOn;
}
