import { setTimeout as sleep } from 'node:timers/promises';
import { RemoteFault } from './fault.ts';
import type { TimeLimit } from './time-limit.ts';

const FIRST_WAIT_MS = 50;
const MAX_ATTEMPTS = 3;

/**
 * A budget of retries of one subgraph. Each first try earns a part of a retry, so that retries never multiply the load on a
 * subgraph that fails for every client.
 */
export class RetryBudget {
  readonly #capacity: number;
  readonly #earned: number;
  #tokens: number;

  /** @param earned what a first try adds, in retries */
  constructor(capacity: number, earned: number) {
    this.#capacity = capacity;
    this.#earned = earned;
    this.#tokens = capacity;
  }

  earn(): void {
    this.#tokens = Math.min(this.#capacity, this.#tokens + this.#earned);
  }

  /** Spends a retry. Returns whether there was one left. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/**
 * Asks once, and again after transient faults, as long as the budget and the time last. Waits a random part of a span
 * that doubles (full jitter).
 */
export async function withRetries<T>(
  ask: (attempt: number) => Promise<T>,
  budget: RetryBudget,
  limit: TimeLimit,
): Promise<T> {
  budget.earn();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(attempt);
    } catch (fault) {
      const wait = Math.random() * FIRST_WAIT_MS * 2 ** attempt;
      const mayRetry =
        fault instanceof RemoteFault &&
        fault.isTransient &&
        attempt + 1 < MAX_ATTEMPTS &&
        Date.now() + wait < limit.end &&
        budget.spend();
      if (!mayRetry) throw fault;
      await sleep(wait, undefined, { signal: limit.signal });
    }
  }
}
