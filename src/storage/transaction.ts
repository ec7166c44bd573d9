import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { CodedError } from '../errors.ts';
import { backOff } from './backoff.ts';
import { noteWrite } from './own-writes.ts';
import { isThrottling, outcomeUnknown, sendWrite } from './send.ts';
import type { Table } from './table.ts';
import type { Write } from './write.ts';

/** DynamoDB takes as many writes a transaction. */
export const MOST_WRITES = 100;

export type Outcome<Refusal> =
  | { readonly committed: true }
  | { readonly committed: false; readonly refusals: readonly { readonly write: number; readonly refusal: Refusal }[] };

/** What a condition means that holds as long as nobody has changed what was loaded: load again, and decide again. */
export const STALE = Symbol('what was loaded has changed');
export type Stale = typeof STALE;

/**
 * Does all of the writes, or none. Where conditions don't hold, the outcome names them by the write's place and its
 * refusal. A collision with another transaction and throttling are tried again, with jitter, until the deadline.
 * @throws CodedError CONFLICT or THROTTLED where the deadline came first: nothing is written; OUTCOME_UNKNOWN where nobody can say
 */
export async function transact<Refusal>(table: Table, writes: readonly Write<Refusal>[]): Promise<Outcome<Refusal>> {
  const TransactItems = writes.map(({ action }) => action(table.name));
  let collision: unknown;
  for (let attempt = 0; ; attempt++) {
    try {
      await sendWrite(table, () => table.dynamo.send(new TransactWriteCommand({ TransactItems })));
      noteWrite(table);
      return { committed: true };
    } catch (error) {
      const refusals = refusalsOf(error, writes);
      if (refusals.length > 0) return { committed: false, refusals };
      if (collision !== undefined && isDeadline(error)) throw exhausted(collision);
      if (!isTransient(error)) throw isCertain(error) ? error : outcomeUnknown(error);
      collision = error;
      if (!(await backOff(table, attempt))) throw exhausted(collision);
    }
  }
}

function refusalsOf<Refusal>(error: unknown, writes: readonly Write<Refusal>[]) {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).flatMap(({ Code }, write) => {
    if (Code !== 'ConditionalCheckFailed') return [];
    const refusal = writes[write]?.refusal;
    if (refusal === undefined) throw new Error(`write ${write} has no condition and failed one`, { cause: error });
    return [{ write, refusal }];
  });
}

function isDeadline(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'DEADLINE_EXCEEDED';
}

/** Nothing is written, and the same may succeed a moment later. */
function isTransient(error: unknown): boolean {
  if (error instanceof CodedError) return error.code === 'THROTTLED';
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransactionInProgressException' || error.name === 'TransactionConflictException') return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code).filter((code) => code !== 'None');
  return codes.length > 0 && codes.every((code) => code === 'TransactionConflict' || isThrottling(code));
}

/** DynamoDB, or we, refused it: nothing is written. After a lost connection or a fault of the service, who knows. */
function isCertain(error: unknown): boolean {
  return error instanceof CodedError || (error instanceof DynamoDBServiceException && error.$fault === 'client');
}

function exhausted(cause: unknown): CodedError {
  const conflict = cause instanceof TransactionCanceledException && !hasThrottling(cause);
  return conflict
    ? new CodedError('CONFLICT', 'Others are changing the same just now. Try again in a moment.', { cause })
    : new CodedError('THROTTLED', 'The store is busy. Try again in a moment.', { cause });
}

function hasThrottling(error: TransactionCanceledException): boolean {
  return (error.CancellationReasons ?? []).some(({ Code }) => isThrottling(Code));
}
