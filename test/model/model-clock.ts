/** Which clock runs in a case, and until when: read once more, and counted day by day. */
import type { LimitStep } from '../../src/domain/calendar/deadline.ts';
import {
  dayOfLast,
  decidedOn,
  deliveredOn,
  extendedBy,
  type ModelCase,
  pausesOf,
  receivedOn,
  stateOf,
  takenInOn,
} from './model-case.ts';
import { daysPassed, lastDayOf } from './working-days.ts';

/** The step that an agency owes, and the day that its time runs from. */
function owed(c: ModelCase): readonly [LimitStep, string | null] | null {
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
      return ['RECONSIDERATION', dayOfLast(c, 'RECONSIDERATION_REQUESTED')];
    default:
      return null;
  }
}

export interface ModelDeadlines {
  readonly step: LimitStep;
  readonly startedOn: string;
  readonly promisedBy: string;
  readonly statutoryBy: string;
  readonly elapsed: number;
  readonly breached: boolean;
}

/** Both ends of the clock that runs on a day; null where none does, or the case type sets the step no limit. */
export function modelDeadlines(c: ModelCase, today: string): ModelDeadlines | null {
  const [step, from] = owed(c) ?? [null, null];
  const limit = c.type.limits.find((one) => one.step === step);
  if (step === null || from === null || !limit) return null;
  const forDecision = step === 'DECISION';
  const pauses = forDecision ? pausesOf(c) : [];
  const extension = forDecision ? extendedBy(c) : 0;
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

const later = (a: string, b: string) => (a > b ? a : b);

/** The last day on which a decision may be contested: sixty days from its delivery, or from itself before that. */
export function contestableUntil(c: ModelCase): string | null {
  const from = deliveredOn(c) ?? decidedOn(c);
  return from === null ? null : lastDayOf({ from, count: 60, unit: 'CALENDAR_DAY', stands: () => false });
}
