import { randomUUID } from 'node:crypto';
import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { CodedError } from '../../errors.ts';
import { backOff } from './backoff.ts';
import { noteWrite, ownWrites } from './own-writes.ts';
import { mayHaveBeenCarriedOut } from './retries.ts';
import { isThrottling, outcomeUnknown, sendWrite, storeUnavailable } from './send.ts';
import type { Table } from './table.ts';
import type { Write } from './write.ts';

/** DynamoDB takes as many writes a transaction. */
export const MAX_WRITES = 100;

export type Outcome<Refusal> =
  | { readonly committed: true }
  | { readonly committed: false; readonly refusals: readonly { readonly write: number; readonly refusal: Refusal }[] };

/** How often a transaction that was throttled at each try is begun again. */
const MAX_THROTTLED_ROUNDS = 3;

/** What a condition means that holds as long as nobody has changed what was loaded: load again, and decide again. */
export const STALE = Symbol('what was loaded has changed');
export type Stale = typeof STALE;

/**
 * Does all of the writes, or none. Where conditions don't hold, the outcome names them by the write's place and its
 * refusal. A collision with another transaction is tried again, with jitter, until the deadline. Every try has the same
 * client token, so that one whose answer was lost is not carried out twice.
 * @throws CodedError CONFLICT where the deadline came first: nothing is written; OUTCOME_UNKNOWN and STORE_UNAVAILABLE
 */
export async function transact<Refusal>(table: Table, writes: readonly Write<Refusal>[]): Promise<Outcome<Refusal>> {
  const TransactItems = writes.map(({ action }) => action(table.name));
  const ClientRequestToken = randomUUID();
  let collision: unknown;
  for (let attempt = 0; ; attempt++) {
    try {
      await sendWrite(table, () => table.dynamo.send(new TransactWriteCommand({ TransactItems, ClientRequestToken })));
      noteWrite(table);
      return { committed: true };
    } catch (error) {
      const refusals = refusalsOf(error, writes);
      if (refusals.length > 0) return { committed: false, refusals };
      if (collision !== undefined && isDeadline(error)) throw exhausted(table, collision);
      const isPassing = isTransient(error) || (attempt < MAX_THROTTLED_ROUNDS && isThrottledOnly(error));
      if (!isPassing) throw isCertain(error) ? error : outcomeUnknown(error);
      collision = error;
      if (!(await backOff(table, attempt))) throw exhausted(table, collision);
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
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransactionInProgressException' || error.name === 'TransactionConflictException') return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code).filter((code) => code !== 'None');
  return codes.length > 0 && codes.every((code) => code === 'TransactionConflict' || isThrottling(code));
}

/** The store was too busy at each try, so nothing is written. */
function isThrottledOnly(error: unknown): boolean {
  if (!(error instanceof CodedError) || !(error.cause instanceof Error)) return false;
  return isThrottling(error.cause.name) && !mayHaveBeenCarriedOut(error.cause);
}

/** DynamoDB, or we, refused it: nothing is written. After a lost connection or a fault of the service, who knows. */
function isCertain(error: unknown): boolean {
  return error instanceof CodedError || (error instanceof DynamoDBServiceException && error.$fault === 'client');
}

function exhausted(table: Table, cause: unknown): CodedError {
  const conflict = cause instanceof TransactionCanceledException && !hasThrottling(cause);
  return conflict
    ? new CodedError('CONFLICT', 'Others are changing the same just now. Try again in a moment.', { cause })
    : storeUnavailable(ownWrites(table) > 0, cause);
}

function hasThrottling(error: TransactionCanceledException): boolean {
  return (error.CancellationReasons ?? []).some(({ Code }) => isThrottling(Code));
}
