import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type RetryStrategy = Extract<
  NonNullable<DynamoDBClientConfig['retryStrategy']>,
  { acquireInitialRetryToken: unknown; recordSuccess: unknown }
>;

/** How often one call is sent in all. With 30 % of the store's answers failing, 7 of 10,000 calls fail for good. */
export const MAX_TRIES = 6;
/** The span of the first random pause; it doubles with each try, up to `MAX_PAUSE_MS`. */
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 300;
/** Time after the first try in which a call is sent again, so that slow failures don't add up. */
const RETRY_WITHIN_MS = 2_000;
/** Retries that a process has saved up at most. */
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

/** Returns whether a call that failed with this error may have been carried out by one of its tries. */
export function mayHaveBeenCarriedOut(error: unknown): boolean {
  return error instanceof Error && (uncertain.has(error) || isWrapped(error));
}

/** The SDK wraps what is no Error of its own realm: in a test's vm that is a connection that Node has seen break. */
export function isWrapped(error: Error): boolean {
  return error.message.startsWith('AWS SDK error wrapper for ');
}

/**
 * The retries of the store's calls, for one client. The SDK's own strategy waits a second and more after throttling, and
 * pays 14 of 500 tokens for a retry: at 30 % of failing calls its tokens are gone after 450 calls and nothing is retried.
 * Here each first try saves one retry, so a store that fails for good is asked at most twice as often as otherwise.
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

/** The store has said that it did nothing, or the request never reached it. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('$fault' in error && error.$fault === 'client') || ('code' in error && error.code === 'ECONNREFUSED');
}
