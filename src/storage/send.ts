import { CodedError } from '../errors.ts';
import type { Scope } from './table.ts';

interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/**
 * A read: given up at the deadline.
 * @throws CodedError DEADLINE_EXCEEDED, THROTTLED
 */
export async function sendRead<Output>(scope: Scope, send: (options: SendOptions) => Promise<Output>): Promise<Output> {
  if (isOver(scope)) throw deadlineExceeded();
  try {
    return await send({ abortSignal: scope.signal });
  } catch (error) {
    if (isOver(scope)) throw deadlineExceeded(error);
    throw coded(error);
  }
}

/**
 * A write: not begun after the deadline, and never aborted once it is under way, because nobody could say what became of
 * it. Who waited is told so.
 * @throws CodedError DEADLINE_EXCEEDED before it began, OUTCOME_UNKNOWN while it was under way, THROTTLED; and what DynamoDB refused
 */
export async function sendWrite<Output>(scope: Scope, send: () => Promise<Output>): Promise<Output> {
  if (isOver(scope)) throw deadlineExceeded();
  const underWay = send();
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(outcomeUnknown()), within(scope.deadline - Date.now()));
  try {
    return await Promise.race([underWay, deadline.promise]);
  } catch (error) {
    throw coded(error);
  } finally {
    clearTimeout(timer);
    underWay.catch(() => undefined);
  }
}

/** A timer takes no more than 31 bits of milliseconds, 24 days: what has no deadline is over before. */
function within(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, 0), 2 ** 31 - 1);
}

export function isOver(scope: Scope): boolean {
  return scope.signal.aborted || Date.now() >= scope.deadline;
}

export function deadlineExceeded(cause?: unknown): CodedError {
  return new CodedError('DEADLINE_EXCEEDED', 'The answer was not ready in time.', { cause });
}

export function outcomeUnknown(cause?: unknown): CodedError {
  return new CodedError(
    'OUTCOME_UNKNOWN',
    'It is not known whether this was written. Send it again with the same idempotency key.',
    { cause },
  );
}

const THROTTLING = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Whether DynamoDB wants the same to be asked again later; takes the names of exceptions and of cancellation reasons. */
export function isThrottling(name: string | undefined): boolean {
  return name !== undefined && THROTTLING.has(name);
}

function coded(error: unknown): unknown {
  if (error instanceof Error && isThrottling(error.name)) {
    return new CodedError('THROTTLED', 'The store is busy. Try again in a moment.', { cause: error });
  }
  return error;
}
