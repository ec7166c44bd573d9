import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError, isPassing, isRefused } from './store-error.ts';

/** Upper bound of the tries of one call. With 30 % of the store's answers failing, 7 of 10,000 calls fail for good. */
export const MAX_TRIES = 6;
/** The span of the first random pause. It doubles with each try, up to `MAX_PAUSE_MS`. */
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 300;
/** Period after the first try in which a call is retried, so that slow failures don't add up. */
const RETRY_WITHIN_MS = 2_000;
/** Upper bound of the retries that a process saves. */
const MAX_SAVED_RETRIES = 500;

const uncertain = new WeakSet<object>();

/** Returns whether one of a failed call's tries may have been carried out. */
export function mayHaveBeenCarriedOut(error: unknown): boolean {
  return typeof error === 'object' && error !== null && uncertain.has(error);
}

export interface Retries {
  /**
   * Runs a call until it succeeds, fails for good or may not be retried.
   * @param isMended prepares the retry of a failure that isn't passing by itself; at most one a call
   * @throws the last failure
   */
  run<Answer>(
    attempt: () => Promise<Answer>,
    isMended: (error: unknown) => boolean,
    signal?: AbortSignal,
  ): Promise<Answer>;
}

/**
 * Returns the retries of one client. Each first try saves one retry, so that a broken store gets at most twice the usual
 * calls.
 */
export function retriesOf(): Retries {
  let saved = MAX_SAVED_RETRIES;
  return {
    async run(attempt, isMended, signal) {
      saved = Math.min(saved + 1, MAX_SAVED_RETRIES);
      const startedAt = Date.now();
      let isUncertain = false;
      let mends = 0;
      for (let tries = 1; ; tries++) {
        try {
          return await attempt();
        } catch (error) {
          isUncertain ||= !isCertain(error);
          if (isUncertain && typeof error === 'object' && error !== null) uncertain.add(error);
          const isRetried = isPassing(error) || (mends++ === 0 && isMended(error));
          const isAllowed = tries < MAX_TRIES && saved >= 1 && Date.now() - startedAt <= RETRY_WITHIN_MS;
          if (!isRetried || !isAllowed || signal?.aborted) throw error;
          saved -= 1;
          await sleep(Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), MAX_PAUSE_MS));
        }
      }
    },
  };
}

/** Returns whether the store has refused the try, or the request never reached it. */
function isCertain(error: unknown): boolean {
  return isRefused(error) || (error instanceof ConnectionError && error.code === 'ECONNREFUSED');
}
