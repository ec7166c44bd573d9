import { createHmac, hkdfSync } from 'node:crypto';
import { canonical } from '../../domain/canonical.ts';
import { CodedError } from '../../errors.ts';
import type { Secret } from '../../secrets.ts';
import { answersTo, idempotencyKey, type PrimaryKey } from '../tables.ts';
import { readItem } from './read.ts';
import { isOver } from './send.ts';
import type { InputKey, InputKeyName, InputKeys, Table } from './table.ts';
import { type Outcome, transact } from './transaction.ts';
import { epochSeconds, isNewOrExpired, put, type Write } from './write.ts';

/** A request of an idempotent mutation, which is carried out once, however often it is sent. */
export interface OnceRequest {
  /** The mutation's name. */
  readonly mutation: string;
  /** The caller's idempotency key. Keys of different callers never match. */
  readonly key: string;
  /** The whole input, whose keyed hash is stored; undefined where the key identifies it. */
  readonly input: unknown;
  readonly now: Date;
}

/** The stored answer of a key. It outlives an erasure, so it holds ids and codes only, and no personal data. */
interface OnceItem extends PrimaryKey {
  readonly type: 'Idempotency';
  /** Absent without an input beside the key, and in records of data version 1. */
  readonly input?: InputHash;
  readonly answer: readonly string[];
  readonly ttl: number;
}

export type Earlier =
  /** The key is new. */
  | { readonly kind: 'NONE' }
  /** The same input was sent before, or one that can't be compared any more. This was its answer. */
  | { readonly kind: 'ANSWERED'; readonly answer: readonly string[] }
  /** Another input was sent with this key. */
  | { readonly kind: 'REUSED' };

/** Lifetime of a record, in seconds. */
const RECORD_TTL_SECONDS = 7 * 86_400;

/**
 * Returns the earlier outcome of a key. Call it before any decision, since an earlier request may have changed the
 * state.
 */
export async function earlierAnswer(table: Table, request: OnceRequest): Promise<Earlier> {
  if (table.person !== undefined && request.input !== undefined) table.inputKeys.prepare?.(table.person);
  return earlierOf(table, await readItem(table, onceKey(table, request), { consistent: true }), request);
}

/**
 * Returns the earlier outcome from a record that was read at `onceKey` together with others. An input that can't be
 * compared counts as the same, because its key is gone or it has no hash. So nothing is carried out twice.
 */
export async function earlierOf(table: Table, record: PrimaryKey | null, request: OnceRequest): Promise<Earlier> {
  const item = record as OnceItem | null;
  if (!item || item.ttl <= epochSeconds(request.now)) return { kind: 'NONE' };
  const key = item.input && (await table.inputKeys.named(item.input.key));
  const isSame = !item.input || !key || hashInput(key, request.input).hash === item.input.hash;
  return isSame ? { kind: 'ANSWERED', answer: item.answer } : { kind: 'REUSED' };
}

/** The refusal of the write that records the key, which `commitOnce` recognizes. */
const KEY_USED = Symbol('this key is recorded');

export type OnceOutcome<Refusal> = Outcome<Refusal> | Exclude<Earlier, { kind: 'NONE' }>;

/**
 * Commits the writes and the record of the key in one transaction. An existing record means that this request has been
 * committed before: by a concurrent duplicate, or by a try whose answer was lost. Then the recorded answer is returned.
 * @param answer ids and codes from which the answer can be made again
 * @param inputKey the key that hashes the input, where the writes rest on it: it isn't read again
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
    ttl: epochSeconds(request.now) + RECORD_TTL_SECONDS,
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
 * Records the key of a request that commits in several parts, each harmless when repeated. The same input may continue;
 * another input gets REUSED.
 * @returns ANSWERED only with an empty answer
 */
export async function claimKey(table: Table, request: OnceRequest): Promise<Earlier> {
  const outcome = await commitOnce(table, request, [], []);
  return 'kind' in outcome ? outcome : { kind: 'NONE' };
}

/** Returns the key of a request's record, for callers that read it together with other items. */
export function onceKey(table: Table, { mutation, key }: OnceRequest): PrimaryKey {
  return idempotencyKey(`${mutation}#${table.owner}`, key);
}

/** The stored hash of an input, with the name of its key. */
export interface InputHash {
  readonly key: InputKeyName;
  /** HMAC-SHA-256, base64url. */
  readonly hash: string;
}

/** Hashes an input with a key. Equal inputs have equal hashes, whatever the order of their fields. */
export function hashInput({ name, bytes }: InputKey, input: unknown): InputHash {
  return { key: name, hash: createHmac('sha256', bytes).update(canonical(input)).digest('base64url') };
}

/** Derives a person's input key from the key that encrypts the person's data. */
export function personInputKey(
  person: string,
  key: { readonly version: number; readonly bytes: Uint8Array },
): InputKey {
  return { name: { person, version: key.version }, bytes: derive(key.bytes, 'key of inputs') };
}

/**
 * Returns the input keys of callers other than applicants, one per caller, derived from a secret of the deployment. A
 * key from an earlier secret stays valid while that secret is accepted.
 * @param secretOf returns undefined in a process that hashes no inputs
 */
export function secretInputKeys(secretOf: () => Secret | undefined, owner: string): InputKeys {
  const keyOf = (value: string): InputKey & { readonly name: { readonly secret: string } } => {
    const fingerprint = Buffer.from(derive(value, 'fingerprint').subarray(0, 6)).toString('base64url');
    return { name: { secret: fingerprint }, bytes: derive(value, `key of inputs of ${owner}`) };
  };
  const secret = (): Secret => {
    const known = secretOf();
    if (!known) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, but mutations need it.');
    return known;
  };
  return {
    current: async () => keyOf(secret().current),
    async named(name) {
      if (!('secret' in name)) return null;
      return (
        secret()
          .accepted.map(keyOf)
          .find((key) => key.name.secret === name.secret) ?? null
      );
    },
  };
}

function derive(secret: Uint8Array | string, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `bridgehead: ${use}`, 32));
}
