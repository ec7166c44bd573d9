import { performance } from 'node:perf_hooks';

/** A limit on concurrent requests. A request over the limit is refused at once and never waits. */
export interface ConcurrencyLimit {
  /** Returns a function that frees the place, to be called once; undefined if no place is free. */
  enter(): (() => void) | undefined;
}

export interface ConcurrencyLimitOptions {
  /** Maximum requests in flight. They mostly wait for the store, so the memory that each uses sets this bound. */
  readonly maxConcurrent: number;
  /** Maximum requests in flight while the event loop is busy. More would only add latency to each. */
  readonly maxWhenBusy: number;
  readonly isBusy: () => boolean;
}

/** Makes a limit that starts with no request in flight. */
export function concurrencyLimit({ maxConcurrent, maxWhenBusy, isBusy }: ConcurrencyLimitOptions): ConcurrencyLimit {
  let inFlight = 0;
  return {
    enter() {
      if (inFlight >= maxConcurrent || (inFlight >= maxWhenBusy && isBusy())) return undefined;
      inFlight++;
      return () => {
        inFlight--;
      };
    },
  };
}

const UTILIZATION_WINDOW_MS = 100;
/** Event-loop utilization (0 to 1) above which the process counts as busy. */
const BUSY_UTILIZATION = 0.9;

/**
 * Makes a check of whether the event loop was busy over the last window.
 * It measures when it is called: Lambda freezes timers between invocations.
 */
export function eventLoopBusyCheck(): () => boolean {
  let measured = performance.eventLoopUtilization();
  let measuredAt = performance.now();
  let isBusy = false;
  return () => {
    const now = performance.now();
    if (now - measuredAt < UTILIZATION_WINDOW_MS) return isBusy;
    const current = performance.eventLoopUtilization();
    isBusy = performance.eventLoopUtilization(current, measured).utilization > BUSY_UTILIZATION;
    [measured, measuredAt] = [current, now];
    return isBusy;
  };
}
