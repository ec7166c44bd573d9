/** Which clock runs in a case, and until when: read once more, and counted day by day. */
import type { ClockStep } from '../../src/domain/calendar/deadline.ts';
import {
  dayOfLast,
  decidedOn,
  deliveredOn,
  extendedBy,
  type ModelCase,
  pausesOf,
  receivedOn,
  reconsiderationExtendedBy,
  stateOf,
  takenInOn,
  takeUpDays,
} from './model-case.ts';
import { daysPassed, lastDayOf } from './working-days.ts';

/** The step that an agency owes, and the day that its time runs from. */
function owed(c: ModelCase): readonly [ClockStep, string | null] | null {
  switch (stateOf(c)) {
    case 'SUBMITTED':
      return ['SUPPLEMENT_NOTICE', receivedOn(c)];
    case 'ACCEPTED':
    case 'UNDER_REVIEW':
    case 'SPECIAL_PROCEDURE':
    case 'PUBLIC_NOTICE':
      return ['DECISION', takenInOn(c)];
    case 'APPROVED':
    case 'REJECTED':
      return ['DELIVERY', decidedOn(c)];
    case 'RECONSIDERATION':
      return takenUpOn(c) === null
        ? ['RECONSIDERATION_TAKE_UP', dayOfLast(c, 'RECONSIDERATION_REQUESTED')]
        : ['RECONSIDERATION', takenUpOn(c)];
    case 'TRANSFERRED':
      return ['TAKE_UP', dayOfLast(c, 'TRANSFERRED')];
    case 'REVERSED':
      return ['DECISION', dayOfLast(c, 'REVERSED')];
    default:
      return null;
  }
}

export interface ModelDeadlines {
  readonly step: ClockStep;
  readonly startedOn: string;
  readonly promisedBy: string;
  readonly statutoryBy: string;
  readonly elapsed: number;
  readonly breached: boolean;
}

/** Both ends of the clock that runs on a day; null where none does, or the case type sets the step no limit. */
export function modelDeadlines(c: ModelCase, today: string): ModelDeadlines | null {
  const [step, from] = owed(c) ?? [null, null];
  const limit = step === null ? undefined : limitOf(c, step);
  if (step === null || from === null || !limit) return null;
  // A reversal begins anew: nothing of the former review counts.
  const forDecision = step === 'DECISION' && stateOf(c) !== 'REVERSED';
  const pauses = forDecision ? pausesOf(c) : [];
  const extension = forDecision ? extendedBy(c) : step === 'RECONSIDERATION' ? reconsiderationExtendedBy(c) : 0;
  // A pause that goes on lasts until today at least.
  const stands = (day: string) =>
    pauses.some((pause) => pause.from <= day && day <= (pause.to ?? later(pause.from, today)));
  const end = (count: number) => lastDayOf({ from, count: count + extension, unit: limit.unit, stands });
  const statutoryBy = end(limit.statutory);
  return {
    step,
    startedOn: from,
    promisedBy: end(limit.promised),
    statutoryBy,
    elapsed: daysPassed({ from, unit: limit.unit, stands }, today),
    breached: today > statutoryBy,
  };
}

/** What the type promises; else the five working days of the law, or the days of the agreement. */
function limitOf(c: ModelCase, step: ClockStep) {
  if (step === 'RECONSIDERATION_TAKE_UP') return { promised: 5, statutory: 5, unit: 'WORKING_DAY' as const };
  const days = takeUpDays(c);
  if (step === 'TAKE_UP') {
    return days === null ? undefined : { promised: days, statutory: days, unit: 'WORKING_DAY' as const };
  }
  return c.type.limits.find((one) => one.step === step);
}

/** The day on which the present reconsideration was taken up, or counts as taken up. */
export function takenUpOn(c: ModelCase): string | null {
  const asked = c.history.findLastIndex(({ what }) => what === 'RECONSIDERATION_REQUESTED');
  const since = c.history.slice(asked + 1);
  const taken = since.find(({ what }) => what.startsWith('RECONSIDERATION_') && what.endsWith('TAKEN_UP'));
  if (!taken) return null;
  const from = dayOfLast(c, 'RECONSIDERATION_REQUESTED') ?? '';
  return taken.what === 'RECONSIDERATION_TAKEN_UP'
    ? taken.day
    : lastDayOf({ from, count: 5, unit: 'WORKING_DAY', stands: () => false });
}

const later = (a: string, b: string) => (a > b ? a : b);

/** The last day on which a decision may be contested: sixty days from its delivery, or from itself before that. */
export function contestableUntil(c: ModelCase): string | null {
  const from = deliveredOn(c) ?? decidedOn(c);
  return from === null ? null : lastDayOf({ from, count: 60, unit: 'CALENDAR_DAY', stands: () => false });
}
