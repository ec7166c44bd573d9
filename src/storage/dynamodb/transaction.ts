import { randomUUID } from 'node:crypto';
import { CodedError } from '../../errors.ts';
import { backOff } from './backoff.ts';
import { mayHaveBeenCarriedOut, TransactWriteCommand } from './client/dynamo.ts';
import { isCancelled, isRefused, isThrottling, type StoreError } from './client/store-error.ts';
import { outcomeUnknown, ownWrites, recordWrite, sendWrite, storeUnavailable } from './send.ts';
import type { Table } from './table.ts';
import type { Write } from './write.ts';

/** DynamoDB's limit of writes per transaction. */
export const MAX_WRITES = 100;

export type Outcome<Refusal> =
  | { readonly committed: true }
  | { readonly committed: false; readonly refusals: readonly { readonly write: number; readonly refusal: Refusal }[] };

/** Upper bound of the rounds of a transaction that was throttled at each try. */
const MAX_THROTTLED_ROUNDS = 3;

/** The refusal of a write whose item has changed since it was read: read it again, and decide again. */
export const STALE = Symbol('what was loaded has changed');
export type Stale = typeof STALE;

/**
 * Commits all writes or none. Where conditions fail, the outcome names each write's index and refusal. A collision with
 * another transaction is retried, with jitter, until the deadline. All tries share one client token, so that a try
 * whose answer was lost is not carried out twice. A request that validates only commits nothing, and gets the outcome of
 * a commit.
 * @throws CodedError CONFLICT where the deadline came first: nothing is written; OUTCOME_UNKNOWN and STORE_UNAVAILABLE
 */
export async function transact<Refusal>(table: Table, writes: readonly Write<Refusal>[]): Promise<Outcome<Refusal>> {
  if (table.validatesOnly) return { committed: true };
  const TransactItems = writes.map(({ action }) => action(table.name));
  const ClientRequestToken = randomUUID();
  let collision: unknown;
  for (let attempt = 0; ; attempt++) {
    try {
      await sendWrite(table, () => table.dynamo.send(new TransactWriteCommand({ TransactItems, ClientRequestToken })));
      recordWrite(table);
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
  if (!isCancelled(error)) return [];
  return (error.cancellationReasons ?? []).flatMap(({ Code }, write) => {
    if (Code !== 'ConditionalCheckFailed') return [];
    const refusal = writes[write]?.refusal;
    if (refusal === undefined) throw new Error(`write ${write} has no condition and failed one`, { cause: error });
    return [{ write, refusal }];
  });
}

function isDeadline(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'DEADLINE_EXCEEDED';
}

/** Returns whether nothing was written and a retry may succeed. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransactionInProgressException' || error.name === 'TransactionConflictException') return true;
  if (!isCancelled(error)) return false;
  const codes = (error.cancellationReasons ?? []).map(({ Code }) => Code).filter((code) => code !== 'None');
  return codes.length > 0 && codes.every((code) => code === 'TransactionConflict' || isThrottling(code));
}

/** Returns whether every try was throttled, so that nothing was written. */
function isThrottledOnly(error: unknown): boolean {
  if (!(error instanceof CodedError) || !(error.cause instanceof Error)) return false;
  return isThrottling(error.cause.name) && !mayHaveBeenCarriedOut(error.cause);
}

/**
 * Returns whether it is certain that nothing was written: DynamoDB or this code refused it. A lost connection or a
 * service fault leaves it unknown.
 */
function isCertain(error: unknown): boolean {
  return error instanceof CodedError || isRefused(error);
}

function exhausted(table: Table, cause: unknown): CodedError {
  const conflict = isCancelled(cause) && !hasThrottling(cause);
  return conflict
    ? new CodedError('CONFLICT', 'Other requests are changing the same data. Try again in a moment.', { cause })
    : storeUnavailable(ownWrites(table) > 0, cause);
}

function hasThrottling(error: StoreError): boolean {
  return (error.cancellationReasons ?? []).some(({ Code }) => isThrottling(Code));
}
