import { performance } from 'node:perf_hooks';
import type { Config } from '../../config.ts';
import { type Asking, clientOf } from '../../domain/budget.ts';
import { type Budget, Budgets } from '../../edge/budget/budgets.ts';
import type { ChangeBucket } from '../../edge/budget/token-lease.ts';
import { UsageCounter } from '../../edge/budget/usage.ts';
import { secretOf } from '../../secrets.ts';
import type { CountedUsage } from '../../storage/credentials/usage.ts';

/** Frees the place of a request. Call it once. */
export type Leave = () => void;

/** A limit on concurrent requests. A request over the limit waits a short time for a place. */
export interface ConcurrencyLimit {
  /**
   * Returns the function that frees the place; undefined if no place was free in time, or too many wait already.
   * @param client identifies who sends the request: waiting clients are admitted in turn
   */
  enter(client: string): Leave | undefined | Promise<Leave | undefined>;
}

export interface ConcurrencyLimitOptions {
  /** Maximum requests in flight. They mostly wait for the store, so the memory that each uses sets this bound. */
  readonly maxConcurrent: number;
  /** Maximum requests in flight while the event loop is busy. More would only add latency to each. */
  readonly maxWhenBusy: number;
  /** Maximum requests that wait for a place. The memory of their bodies sets this bound. */
  readonly maxWaiting: number;
  /** Longest wait for a place. */
  readonly maxWaitMs: number;
  readonly isBusy: () => boolean;
}

/** Makes a limit that starts with no request in flight. */
export function concurrencyLimit(options: ConcurrencyLimitOptions): ConcurrencyLimit {
  const { maxConcurrent, maxWhenBusy, maxWaiting, maxWaitMs, isBusy } = options;
  const queue = new FairQueue();
  let inFlight = 0;

  const isFree = () => inFlight < maxConcurrent && (inFlight < maxWhenBusy || !isBusy());
  const takePlace = (): Leave => {
    inFlight++;
    return () => {
      inFlight--;
      while (queue.size > 0 && isFree()) queue.take()?.(takePlace());
    };
  };

  return {
    enter(client) {
      if (queue.size === 0 && isFree()) return takePlace();
      if (queue.size >= maxWaiting) return undefined;
      return new Promise((resolve) => {
        const admit: Admit = (leave) => {
          clearTimeout(timer);
          resolve(leave);
        };
        const timer = setTimeout(() => {
          queue.remove(client, admit);
          resolve(undefined);
        }, maxWaitMs);
        queue.add(client, admit);
      });
    },
  };
}

type Admit = (leave: Leave) => void;

/** Waiting requests: the clients in turn, and the requests of one client in their order. */
class FairQueue {
  readonly #byClient = new Map<string, Admit[]>();
  size = 0;

  add(client: string, admit: Admit): void {
    const waiting = this.#byClient.get(client);
    if (waiting) waiting.push(admit);
    else this.#byClient.set(client, [admit]);
    this.size++;
  }

  /** Takes the first request of the client whose turn it is, who then comes last. */
  take(): Admit | undefined {
    const [first] = this.#byClient;
    if (!first) return undefined;
    const [client, waiting] = first;
    const admit = waiting.shift();
    this.#byClient.delete(client);
    if (waiting.length > 0) this.#byClient.set(client, waiting);
    this.size--;
    return admit;
  }

  remove(client: string, admit: Admit): void {
    const waiting = this.#byClient.get(client) ?? [];
    const left = waiting.filter((other) => other !== admit);
    this.size -= waiting.length - left.length;
    if (left.length > 0) this.#byClient.set(client, left);
    else this.#byClient.delete(client);
  }
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

/**
 * How long a request waits for a shared bucket before this instance grants a small budget itself. A busy process may
 * notice an answer late.
 */
const MAX_BUCKET_WAIT_MS = 2_000;

/** Opens a caller's budget for one request at an instant (epoch milliseconds). */
export type OpenBudget = (asking: Asking, now: number) => Budget;

/** Makes budgets with buckets in the credentials table. A local process without a database uses its own memory. */
export function clientBudgets(settings: Config): OpenBudget {
  const { mode, dynamodbEndpoint, budgetFactor: factor, workers: instances = 1 } = settings;
  const isAlone = mode === 'local' && dynamodbEndpoint === undefined;
  const budgets = new Budgets({ bucketOf: isAlone ? undefined : sharedBuckets(settings), factor, instances });
  return (asking, now) => budgets.open(clientOf(asking, secretOf('cursors', settings)?.root ?? ''), now);
}

/** Makes the counter of what zones' systems use. A local process without a database counts nothing. */
export function usageCounter(settings: Config): UsageCounter | undefined {
  if (settings.mode === 'local' && settings.dynamodbEndpoint === undefined) return undefined;
  const { signal } = new AbortController();
  const load = async () => {
    const { writeUsage } = await import('../../storage/credentials/usage.ts');
    const { openCredentials } = await import('../process.ts');
    return (usage: CountedUsage) =>
      writeUsage(openCredentials(settings, { deadline: Date.now() + MAX_BUCKET_WAIT_MS, signal }), usage);
  };
  return new UsageCounter(load);
}

/** Opens shared buckets. The storage code is loaded with the first bucket. */
function sharedBuckets(settings: Config): (client: string) => ChangeBucket {
  const load = async () => {
    const { changeBudget } = await import('../../storage/credentials/budgets.ts');
    const { openCredentials } = await import('../process.ts');
    return { changeBudget, openCredentials };
  };
  // Only the deadline ends the call: the caller's own signal would leave the lease open.
  const { signal } = new AbortController();
  let loading: ReturnType<typeof load> | undefined;
  return (client) => async (change) => {
    loading ??= load();
    const { changeBudget, openCredentials } = await loading;
    return changeBudget(
      openCredentials(settings, { deadline: Date.now() + MAX_BUCKET_WAIT_MS, signal }),
      client,
      change,
    );
  };
}
