import { CodedError } from '../../errors.ts';
import { mayHaveBeenCarriedOut, type SendOptions } from './client/dynamo.ts';
import { isPassing } from './client/store-error.ts';
import type { KeptReads } from './kept-reads.ts';
import type { Scope, Table } from './table.ts';

/**
 * Sends a read, and aborts it at the deadline.
 * @throws CodedError DEADLINE_EXCEEDED, STORE_UNAVAILABLE
 */
export async function sendRead<Output>(table: Table, send: (options: SendOptions) => Promise<Output>): Promise<Output> {
  if (isOver(table)) throw deadlineExceeded();
  try {
    return await send({ abortSignal: table.signal });
  } catch (error) {
    if (isOver(table)) throw deadlineExceeded(error);
    throw isPassing(error) ? storeUnavailable(ownWrites(table) > 0, error) : error;
  }
}

/**
 * Sends a write. It never starts after the deadline, and a running write is never aborted, because its outcome would be
 * unknown. At the deadline, the caller gets OUTCOME_UNKNOWN.
 * @throws CodedError BAD_USER_INPUT where the request validates only; DEADLINE_EXCEEDED before it started, OUTCOME_UNKNOWN while it was running, STORE_UNAVAILABLE; and
 * DynamoDB's refusals
 */
export async function sendWrite<Output>(table: Table, send: () => Promise<Output>): Promise<Output> {
  if (isOver(table)) throw deadlineExceeded();
  if (table.validatesOnly) throw new CodedError('BAD_USER_INPUT', 'This cannot be validated only: send it for good.');
  const underWay = send();
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(outcomeUnknown()), within(table.deadline - Date.now()));
  try {
    return await Promise.race([underWay, deadline.promise]);
  } catch (error) {
    if (!isPassing(error)) throw error;
    throw storeUnavailable(mayHaveBeenCarriedOut(error) || ownWrites(table) > 0, error);
  } finally {
    clearTimeout(timer);
    underWay.catch(() => undefined);
  }
}

/**
 * Limits a delay to what a timer accepts: 31 bits of milliseconds, or 24 days. No process without a deadline runs that
 * long.
 */
function within(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, 0), 2 ** 31 - 1);
}

export function isOver(scope: Scope): boolean {
  return scope.signal.aborted || Date.now() >= scope.deadline;
}

export function deadlineExceeded(cause?: unknown): CodedError {
  return new CodedError('DEADLINE_EXCEEDED', 'The response was not ready in time.', { cause });
}

export function outcomeUnknown(cause?: unknown): CodedError {
  return new CodedError(
    'OUTCOME_UNKNOWN',
    'It is not known whether this was written. Send it again with the same idempotency key.',
    { cause },
  );
}

/** @param mayHaveBeenWritten set where a part of the request's changes may have been written */
export function storeUnavailable(mayHaveBeenWritten: boolean, cause?: unknown): CodedError {
  const again = mayHaveBeenWritten ? 'Send this again with the same idempotency key.' : 'Send this again in a moment.';
  return new CodedError('STORE_UNAVAILABLE', `The store does not answer. ${again}`, {
    cause,
    details: { retryable: true, mayHaveBeenWritten, retryAfterSeconds: 1 },
  });
}

/** The number of writes of each request, by its opened table. */
const writes = new WeakMap<Table, number>();

export function ownWrites(table: Table): number {
  return writes.get(table) ?? 0;
}

/** Records a write of the request. Later reads are consistent, and earlier reads are repeated. */
export function recordWrite(table: Table): void {
  writes.set(table, ownWrites(table) + 1);
}

/** Returns what this process has read of a table, where the request may see it: not after a write of its own. */
export function keptOf(table: Table): KeptReads | undefined {
  return ownWrites(table) === 0 ? table.kept : undefined;
}

/** Returns what this process has read of parts of a table's items, likewise. */
export function keptPartsOf(table: Table): KeptReads | undefined {
  return ownWrites(table) === 0 ? table.keptParts : undefined;
}
