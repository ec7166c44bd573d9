import type { Decision, Refusal } from '../domain/refusal.ts';
import { CodedError } from '../errors.ts';
import type { Earlier, OnceOutcome, OnceRequest } from '../storage/dynamodb/idempotency.ts';
import { STALE } from '../storage/dynamodb/transaction.ts';
import type { UserErrorCode } from './user-errors.ts';

/** Refusals of every mutation with an idempotency key. */
export const ONCE_CODES = {
  INVALID_KEY: 'INVALID',
  IDEMPOTENCY_KEY_REUSED: 'IDEMPOTENCY_KEY_REUSED',
} as const satisfies Record<string, UserErrorCode>;
export type OnceRefusal = keyof typeof ONCE_CODES;

/** Makes the identity of a mutation's call: its key and its input. */
export function onceRequest(mutation: string, input: { readonly idempotencyKey: string }, now: Date): OnceRequest {
  const { idempotencyKey, ...rest } = input;
  return { mutation, key: idempotencyKey, input: rest, now };
}

/** Returns the faults of a call's idempotency key. */
export function keyRefusals({ key }: OnceRequest, earlier: Earlier): readonly Refusal<OnceRefusal>[] {
  const field = ['idempotencyKey'];
  if (key.length < 8 || key.length > 64) {
    return [{ code: 'INVALID_KEY', field, message: 'A key has 8 to 64 characters.' }];
  }
  if (earlier.kind !== 'REUSED') return [];
  return [
    { code: 'IDEMPOTENCY_KEY_REUSED', field, message: 'This key came before with another input: send a new key.' },
  ];
}

/** The steps of an idempotent mutation. */
export interface OnceSteps<Loaded extends { readonly earlier: Earlier }, Plan, Value, Code extends string> {
  load(): Promise<Loaded>;
  decide(loaded: Loaded): Decision<Plan, Code>;
  commit(plan: Plan, loaded: Loaded): Promise<OnceOutcome<Refusal<Code> | typeof STALE>>;
  /** Returns the earlier answer, from its recorded ids. */
  again(answer: readonly string[]): Promise<Value>;
  /** Returns the answer to a new commit, in the same form. */
  done(plan: Plan, loaded: Loaded): Value;
}

/** Attempts of a mutation whose data change between load and commit. */
const MAX_ATTEMPTS = 3;

/**
 * Runs an idempotent mutation: load, decide, commit. It starts again if the loaded data have changed before the commit.
 * The same key with the same input gets the first answer again, even if that answer was lost on its way.
 * @throws CodedError CONFLICT after MAX_ATTEMPTS; errors of the storage
 */
export async function once<Loaded extends { readonly earlier: Earlier }, Plan, Value, Code extends string>(
  request: OnceRequest,
  steps: OnceSteps<Loaded, Plan, Value, Code>,
): Promise<Decision<Value, Code | OnceRefusal>> {
  const refused = keyRefusals(request, { kind: 'NONE' });
  if (refused.length > 0) return { ok: false, refusals: refused };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const loaded = await steps.load();
    if (loaded.earlier.kind !== 'NONE') return answerAgain(request, loaded.earlier, steps.again);
    const decision = steps.decide(loaded);
    if (!decision.ok) {
      // The key's record was read beside the data. A concurrent duplicate may have caused this refusal.
      const { earlier } = await steps.load();
      return earlier.kind === 'NONE' ? decision : answerAgain(request, earlier, steps.again);
    }
    const outcome = await steps.commit(decision.value, loaded);
    if ('kind' in outcome) return answerAgain(request, outcome, steps.again);
    if (outcome.committed) return { ok: true, value: steps.done(decision.value, loaded) };
    const refusals = outcome.refusals.flatMap(({ refusal }) => (refusal === STALE ? [] : [refusal]));
    if (refusals.length > 0) return { ok: false, refusals };
  }
  throw new CodedError('CONFLICT', 'Other requests are changing the same data. Try again in a moment.');
}

async function answerAgain<Value>(
  request: OnceRequest,
  earlier: Exclude<Earlier, { kind: 'NONE' }>,
  again: (answer: readonly string[]) => Promise<Value>,
): Promise<Decision<Value, OnceRefusal>> {
  if (earlier.kind === 'REUSED') return { ok: false, refusals: keyRefusals(request, earlier) };
  return { ok: true, value: await again(earlier.answer) };
}
