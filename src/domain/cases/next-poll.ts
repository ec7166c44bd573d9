/** From when on it is of use to ask again how a case stands. */
import { workingDayFrom } from '../calendar/calendar.ts';
import { addDays, dayInShanghai, shanghaiInstant } from '../calendar/day.ts';
import type { CaseState } from './state.ts';

/**
 * How soon something may happen in a state: while offices are open, where somebody is to act; from day to day, where time
 * has to pass or it is the asker's own turn; never, where nothing follows.
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

/** Times of day in Asia/Shanghai. Assumed of every agency: outside of them a client is asked to be patient, no more. */
const OPENS = '08:30:00';
const CLOSES = '18:00:00';

/** What the pace depends on; `promisedBy` is the day by which the step under way is promised, null where no clock runs. */
export interface AwaitedCase {
  readonly state: CaseState;
  readonly promisedBy: string | null;
}

/**
 * The instant before which asking again is of no use, null where nothing more happens. It stays the same through a working
 * day, so that an answer that says it can be found unchanged: where somebody is to act it has passed already.
 */
export function nextPollAfter({ state, promisedBy }: AwaitedCase, now: Date): Date | null {
  const pace = PACE[state];
  if (pace === 'NEVER') return null;
  const today = dayInShanghai(now);
  const isDue = promisedBy !== null && promisedBy <= today;
  const asksToday = now < shanghaiInstant(today, pace === 'OFFICE_HOURS' || isDue ? CLOSES : OPENS);
  return shanghaiInstant(workingDayFrom(asksToday ? today : addDays(today, 1)), OPENS);
}
