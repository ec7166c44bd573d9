import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type RetryStrategy = Extract<
  NonNullable<DynamoDBClientConfig['retryStrategy']>,
  { acquireInitialRetryToken: unknown; recordSuccess: unknown }
>;

/** Upper bound of the tries of one call. With 30 % of the store's answers failing, 7 of 10,000 calls fail for good. */
export const MAX_TRIES = 6;
/** The span of the first random pause. It doubles with each try, up to `MAX_PAUSE_MS`. */
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 300;
/** Period after the first try in which a call is retried, so that slow failures don't add up. */
const RETRY_WITHIN_MS = 2_000;
/** Upper bound of the retries that a process saves. */
const MAX_SAVED_RETRIES = 500;

/** The state of one call over its tries. */
interface Tries {
  readonly count: number;
  readonly pause: number;
  readonly startedAt: number;
  /** An earlier try may have been carried out, though its answer was lost. */
  readonly isUncertain: boolean;
  getRetryCount(): number;
  getRetryDelay(): number;
}

const uncertain = new WeakSet<object>();

/** Returns whether one of a failed call's tries may have been carried out. */
export function mayHaveBeenCarriedOut(error: unknown): boolean {
  return error instanceof Error && (uncertain.has(error) || isWrapped(error));
}

/**
 * Returns whether the SDK has wrapped an error of another realm. In a test's vm, that is a broken connection reported
 * by Node.
 */
export function isWrapped(error: Error): boolean {
  return error.message.startsWith('AWS SDK error wrapper for ');
}

/**
 * Returns the retry strategy of one client of the store. The SDK's own strategy waits a second or more after
 * throttling. It also pays 14 of 500 tokens per retry: with 30 % of calls failing, it stops retrying after 450 calls.
 * Here each first try saves one retry, so that a broken store gets at most twice the usual calls.
 */
export function storeRetries(): RetryStrategy {
  let saved = MAX_SAVED_RETRIES;
  return {
    async acquireInitialRetryToken() {
      saved = Math.min(saved + 1, MAX_SAVED_RETRIES);
      return triesOf({ count: 0, pause: 0, startedAt: Date.now(), isUncertain: false });
    },
    async refreshRetryTokenForRetry(token, { error, errorType }) {
      const tries = token as Tries;
      const isUncertain = tries.isUncertain || !isRefusal(error);
      if (isUncertain && typeof error === 'object' && error !== null) uncertain.add(error);
      const count = tries.count + 1;
      const isPassing = errorType === 'THROTTLING' || errorType === 'TRANSIENT';
      if (!isPassing || count >= MAX_TRIES || saved < 1 || Date.now() - tries.startedAt > RETRY_WITHIN_MS) {
        throw new Error('This call is not tried again.');
      }
      saved -= 1;
      const pause = Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** tries.count, MAX_PAUSE_MS);
      return triesOf({ ...tries, count, pause, isUncertain });
    },
    recordSuccess() {},
  };
}

function triesOf(tries: Omit<Tries, 'getRetryCount' | 'getRetryDelay'>): Tries {
  return { ...tries, getRetryCount: () => tries.count, getRetryDelay: () => tries.pause };
}

/** Returns whether the store has refused the call, or the request never reached it. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('$fault' in error && error.$fault === 'client') || ('code' in error && error.code === 'ECONNREFUSED');
}
