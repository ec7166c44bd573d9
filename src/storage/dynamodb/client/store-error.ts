/** Failures of calls of DynamoDB. Both clients throw them, so that nothing else depends on which one is used. */

/** One reason of a cancelled transaction. */
export interface CancellationReason {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

/** DynamoDB's refusal or failure of a call. `name` is the exception's, e.g. `ConditionalCheckFailedException`. */
export class StoreError extends Error {
  readonly status: number;
  /** The server's clock in epoch milliseconds; undefined where the answer doesn't tell. */
  readonly answeredAt: number | undefined;
  /** One for each write of a cancelled transaction; else undefined. */
  readonly cancellationReasons: readonly CancellationReason[] | undefined;
  /** The stored item of a failed condition, where the call asked for it. */
  readonly item: Readonly<Record<string, unknown>> | undefined;

  constructor(
    name: string,
    message: string,
    details: {
      readonly status: number;
      readonly answeredAt?: number | undefined;
      readonly cancellationReasons?: readonly CancellationReason[] | undefined;
      readonly item?: Readonly<Record<string, unknown>> | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.name = name;
    this.status = details.status;
    this.answeredAt = details.answeredAt;
    this.cancellationReasons = details.cancellationReasons;
    this.item = details.item;
  }
}

/** A call without a whole answer: a broken connection, a timeout, an unreadable answer. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** Node's code, e.g. `ECONNRESET`. */
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Returns whether the condition of a single write failed. */
export function isConditionFailed(error: unknown): error is StoreError {
  return error instanceof StoreError && error.name === 'ConditionalCheckFailedException';
}

/** Returns whether a transaction was cancelled. */
export function isCancelled(error: unknown): error is StoreError {
  return error instanceof StoreError && error.name === 'TransactionCanceledException';
}

/** Returns whether DynamoDB itself refused the call: nothing was written. */
export function isRefused(error: unknown): boolean {
  return error instanceof StoreError && error.status < 500;
}

const THROTTLING = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Returns whether DynamoDB asks for a retry, by the name of an exception or of a cancellation reason. */
export function isThrottling(name: string | undefined): boolean {
  return name !== undefined && THROTTLING.has(name);
}

/** Returns whether a call failed by something passing, so that a retry may succeed. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  return error instanceof StoreError && (isThrottling(error.name) || error.status >= 500);
}
