/** Retry schedule of webhooks that failed. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Minimum delay from a failed attempt to the next, in milliseconds. After the last one the webhook is given up, after
 * some 42 hours.
 */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  24 * HOUR,
];

/** Upper bound of the delay that a receiver may request. */
const MAX_RETRY_AFTER_MS = 24 * HOUR;

/** Largest part by which a delay is lengthened, so that webhooks that failed together don't retry together. */
const JITTER = 0.2;

export interface FailedAttempt {
  /** Number of attempts, this one included. */
  readonly attempts: number;
  readonly now: Date;
  /** The delay that the receiver requested, in milliseconds; null where it requested none. */
  readonly retryAfter: number | null;
  /** From 0 to 1. */
  readonly random: number;
}

/** Returns the earliest instant of the next attempt; null where the webhook is given up. */
export function nextAttempt({ attempts, now, retryAfter, random }: FailedAttempt): Date | null {
  const step = RETRY_DELAYS_MS[attempts - 1];
  if (step === undefined) return null;
  const wait = Math.max(step * (1 + JITTER * random), Math.min(retryAfter ?? 0, MAX_RETRY_AFTER_MS));
  return new Date(now.getTime() + wait);
}
