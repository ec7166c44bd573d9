/** Computes the earliest useful time of the next poll of a case. */
import { type Calendar, workingDayFrom } from '../calendar/calendar.ts';
import { addDays, dayInShanghai, shanghaiInstant } from '../calendar/day.ts';
import type { CaseState } from './state.ts';

/**
 * The pace of changes in each state. In office hours where an agency acts; daily where time must pass or the client
 * acts; never in a final state.
 */
const PACE = {
  DRAFT: 'DAILY',
  SUBMITTED: 'OFFICE_HOURS',
  SUPPLEMENT_REQUIRED: 'DAILY',
  ACCEPTED: 'OFFICE_HOURS',
  NOT_ACCEPTED: 'DAILY',
  UNDER_REVIEW: 'OFFICE_HOURS',
  SPECIAL_PROCEDURE: 'DAILY',
  PUBLIC_NOTICE: 'DAILY',
  APPROVED: 'OFFICE_HOURS',
  REJECTED: 'OFFICE_HOURS',
  DELIVERED: 'DAILY',
  CLOSED: 'NEVER',
  WITHDRAWN: 'NEVER',
  LAPSED: 'NEVER',
  TRANSFERRED: 'NEVER',
  RECONSIDERATION: 'DAILY',
  UPHELD: 'DAILY',
  REVERSED: 'OFFICE_HOURS',
} as const satisfies Record<CaseState, 'OFFICE_HOURS' | 'DAILY' | 'NEVER'>;

/** Office hours in Asia/Shanghai, assumed of every agency. Outside of them, clients are only asked to wait. */
const OPENS = '08:30:00';
const CLOSES = '18:00:00';

/** The facts that decide the pace. `promisedBy` is the promised day of the current step; null where no clock runs. */
export interface AwaitedCase {
  readonly state: CaseState;
  readonly promisedBy: string | null;
}

/**
 * Returns the instant before which a poll is useless; null in a final state. It stays the same through a working day,
 * so that a response with it can be revalidated unchanged. It has passed already where an agency acts.
 */
export function nextPollAfter({ state, promisedBy }: AwaitedCase, now: Date, calendar: Calendar): Date | null {
  const pace = PACE[state];
  if (pace === 'NEVER') return null;
  const today = dayInShanghai(now);
  const isDue = promisedBy !== null && promisedBy <= today;
  const asksToday = now < shanghaiInstant(today, pace === 'OFFICE_HOURS' || isDue ? CLOSES : OPENS);
  return shanghaiInstant(workingDayFrom(asksToday ? today : addDays(today, 1), calendar), OPENS);
}
