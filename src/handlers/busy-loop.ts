import { performance } from 'node:perf_hooks';

const WINDOW_MS = 100;
/** Of the time since the last look. */
const BUSY_PART = 0.9;

/**
 * Whether this process has been busy in the last tenth of a second or more, looked at when it is asked: a timer would be
 * frozen with a function that waits for its next request.
 */
export function busyLoop(): () => boolean {
  let seen = performance.eventLoopUtilization();
  let seenAt = performance.now();
  let isBusy = false;
  return () => {
    const now = performance.now();
    if (now - seenAt < WINDOW_MS) return isBusy;
    const until = performance.eventLoopUtilization();
    isBusy = performance.eventLoopUtilization(until, seen).utilization > BUSY_PART;
    [seen, seenAt] = [until, now];
    return isBusy;
  };
}
