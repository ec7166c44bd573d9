/** When a webhook that didn't get through is tried again. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The least time from a failed attempt to the next, in milliseconds; after the last of them it is given up, in 42 hours. */
export const RETRY_STEPS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  24 * HOUR,
];

/** Nobody can ask for a longer pause. */
const LONGEST = 24 * HOUR;

/** A step is lengthened by up to this part of it, so that what failed together doesn't come back together. */
const JITTER = 0.2;

export interface FailedAttempt {
  /** How many attempts there have been, this one included. */
  readonly attempts: number;
  readonly now: Date;
  /** What the receiver asked for, in milliseconds; null where it said nothing. */
  readonly retryAfter: number | null;
  /** From 0 to 1. */
  readonly random: number;
}

/** The earliest instant of the next attempt; null where it is given up. */
export function nextAttempt({ attempts, now, retryAfter, random }: FailedAttempt): Date | null {
  const step = RETRY_STEPS[attempts - 1];
  if (step === undefined) return null;
  const wait = Math.max(step * (1 + JITTER * random), Math.min(retryAfter ?? 0, LONGEST));
  return new Date(now.getTime() + wait);
}
