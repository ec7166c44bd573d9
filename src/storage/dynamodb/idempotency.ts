import { CodedError } from '../../errors.ts';
import { answersTo, idempotencyKey, type PrimaryKey } from '../tables.ts';
import { epochSeconds, isNewOrExpired } from './condition.ts';
import { hashInput, type InputHash, type InputKey } from './input-keys.ts';
import { readItem } from './read.ts';
import { isOver } from './send.ts';
import type { Table } from './table.ts';
import { type Outcome, transact } from './transaction.ts';
import { put, type Write } from './write.ts';

/** A mutation that is done once, however often it is sent. */
export interface OnceRequest {
  /** The mutation's name. */
  readonly mutation: string;
  /** The caller's key; other callers' are others. */
  readonly key: string;
  /** The whole input, of which a keyed hash is stored; undefined where the key says all of it. */
  readonly input: unknown;
  readonly now: Date;
}

/** What was answered to a key: ids and codes only, never a person's data, since it outlives an erasure. */
interface OnceItem extends PrimaryKey {
  readonly type: 'Idempotency';
  /** Missing where the input was nothing beside the key, and in records of data version 1. */
  readonly input?: InputHash;
  readonly answer: readonly string[];
  readonly ttl: number;
}

export type Earlier =
  /** The key is new. */
  | { readonly kind: 'NONE' }
  /** The same input came before, or one that can't be compared any more, and this was its answer. */
  | { readonly kind: 'ANSWERED'; readonly answer: readonly string[] }
  /** Another input came with this key. */
  | { readonly kind: 'REUSED' };

/** How long a key is remembered. */
const KEPT_SECONDS = 7 * 86_400;

/** What became of this key before. To be asked before anything is decided: the first time may have changed the state. */
export async function earlierAnswer(table: Table, request: OnceRequest): Promise<Earlier> {
  return earlierOf(table, await readItem(table, onceKey(table, request), { consistent: true }), request);
}

/**
 * Tells what a record says that was read with others, at `onceKey`. Where its input can't be compared, as its key is no more or
 * it has no hash, it counts as the same: what was done once is never done again.
 */
export async function earlierOf(table: Table, record: PrimaryKey | null, request: OnceRequest): Promise<Earlier> {
  const item = record as OnceItem | null;
  if (!item || item.ttl <= epochSeconds(request.now)) return { kind: 'NONE' };
  const key = item.input && (await table.inputKeys.named(item.input.key));
  const isSame = !item.input || !key || hashInput(key, request.input).hash === item.input.hash;
  return isSame ? { kind: 'ANSWERED', answer: item.answer } : { kind: 'REUSED' };
}

/** The refusal of the write that records the key: `commitOnce` looks for it. */
const KEY_USED = Symbol('this key is recorded');

export type OnceOutcome<Refusal> = Outcome<Refusal> | Exclude<Earlier, { kind: 'NONE' }>;

/**
 * Commits the writes and the record of the key in one transaction. Where the record is there already, this very request
 * has been committed before, by a twin of it or by a try whose answer was lost: its answer is this one's.
 * @param answer ids and codes from which the answer can be made again
 * @param inputKey what the input is hashed by, where the caller's key is made in the same transaction
 */
export async function commitOnce<Refusal>(
  table: Table,
  request: OnceRequest,
  answer: readonly string[],
  writes: readonly Write<Refusal>[],
  inputKey?: InputKey,
): Promise<OnceOutcome<Refusal>> {
  const input =
    request.input === undefined
      ? undefined
      : hashInput(inputKey ?? (await table.inputKeys.current(table.person)), request.input);
  const record: OnceItem = {
    ...onceKey(table, request),
    ...(table.person === undefined ? {} : answersTo(table.person, onceKey(table, request))),
    type: 'Idempotency',
    ...(input && { input }),
    answer,
    ttl: epochSeconds(request.now) + KEPT_SECONDS,
  };
  try {
    const outcome = await transact<Refusal | typeof KEY_USED>(table, [
      ...writes,
      put(record, { when: isNewOrExpired(request.now), otherwise: KEY_USED }),
    ]);
    if (outcome.committed) return outcome;
    const refusals = outcome.refusals.flatMap(({ write, refusal }) =>
      refusal === KEY_USED ? [] : [{ write, refusal }],
    );
    if (refusals.length === outcome.refusals.length) return { committed: false, refusals };
  } catch (error) {
    if (!isUncertain(error) || isOver(table)) throw error;
    const earlier = await earlierAnswer(table, request).catch(() => undefined);
    if (earlier === undefined || earlier.kind === 'NONE') throw error;
    return earlier;
  }
  const earlier = await earlierAnswer(table, request);
  if (earlier.kind === 'NONE') throw new Error('an idempotency record vanished while it was read');
  return earlier;
}

/** Returns whether a commit that failed with this error may have been carried out. */
function isUncertain(error: unknown): boolean {
  if (!(error instanceof CodedError)) return false;
  return error.code === 'OUTCOME_UNKNOWN' || error.details.mayHaveBeenWritten === true;
}

/**
 * Notes the key of a request that commits in parts, each of which is harmless when repeated: a key that came with the same
 * input goes on, one that came with another input is reused.
 * @returns never ANSWERED with an answer of any length
 */
export async function claimKey(table: Table, request: OnceRequest): Promise<Earlier> {
  const outcome = await commitOnce(table, request, [], []);
  return 'kind' in outcome ? outcome : { kind: 'NONE' };
}

/** Where the record of a request is, for who reads it with others. */
export function onceKey(table: Table, { mutation, key }: OnceRequest): PrimaryKey {
  return idempotencyKey(`${mutation}#${table.owner}`, key);
}
