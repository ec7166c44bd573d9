import type { Decision, Refusal } from '../domain/refusal.ts';
import { CodedError } from '../errors.ts';
import type { Earlier, OnceOutcome, OnceRequest } from '../storage/dynamodb/idempotency.ts';
import { STALE } from '../storage/dynamodb/transaction.ts';
import type { UserErrorCode } from './user-errors.ts';

/** The refusals that every mutation with an idempotency key has. */
export const ONCE_CODES = {
  INVALID_KEY: 'INVALID',
  IDEMPOTENCY_KEY_REUSED: 'IDEMPOTENCY_KEY_REUSED',
} as const satisfies Record<string, UserErrorCode>;
export type OnceRefusal = keyof typeof ONCE_CODES;

/** The identity of a mutation's call: its key, and what came with it. */
export function onceRequest(mutation: string, input: { readonly idempotencyKey: string }, now: Date): OnceRequest {
  const { idempotencyKey, ...rest } = input;
  return { mutation, key: idempotencyKey, input: rest, now };
}

/** What is wrong with a call's key, if anything is. */
export function keyRefusals({ key }: OnceRequest, earlier: Earlier): readonly Refusal<OnceRefusal>[] {
  const field = ['idempotencyKey'];
  if (key.length < 8 || key.length > 64) {
    return [{ code: 'INVALID_KEY', field, message: 'A key has 8 to 64 characters.' }];
  }
  if (earlier.kind !== 'REUSED') return [];
  return [{ code: 'IDEMPOTENCY_KEY_REUSED', field, message: 'This key came before with another input.' }];
}

/** The steps of a mutation that is done once. */
export interface OnceSteps<Loaded extends { readonly earlier: Earlier }, Plan, Value, Code extends string> {
  load(): Promise<Loaded>;
  decide(loaded: Loaded): Decision<Plan, Code>;
  commit(plan: Plan, loaded: Loaded): Promise<OnceOutcome<Refusal<Code> | typeof STALE>>;
  /** What was answered before, by the ids that were recorded. */
  again(answer: readonly string[]): Promise<Value>;
  /** What is answered to what is committed now: the same. */
  done(plan: Plan, loaded: Loaded): Value;
}

/** As often as others may get between loading and committing. */
const MAX_ATTEMPTS = 3;

/**
 * Loads, decides, commits; from the start where what was loaded has changed before the commit. The same key with the same
 * input is answered as it was the first time, also when that answer was lost on its way.
 * @throws CodedError CONFLICT where others got between each time; what storage throws
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
      // The key's record was read beside the rest: a twin that came in between may be what the decision refuses.
      const { earlier } = await steps.load();
      return earlier.kind === 'NONE' ? decision : answerAgain(request, earlier, steps.again);
    }
    const outcome = await steps.commit(decision.value, loaded);
    if ('kind' in outcome) return answerAgain(request, outcome, steps.again);
    if (outcome.committed) return { ok: true, value: steps.done(decision.value, loaded) };
    const refusals = outcome.refusals.flatMap(({ refusal }) => (refusal === STALE ? [] : [refusal]));
    if (refusals.length > 0) return { ok: false, refusals };
  }
  throw new CodedError('CONFLICT', 'Others are changing the same just now. Try again in a moment.');
}

async function answerAgain<Value>(
  request: OnceRequest,
  earlier: Exclude<Earlier, { kind: 'NONE' }>,
  again: (answer: readonly string[]) => Promise<Value>,
): Promise<Decision<Value, OnceRefusal>> {
  if (earlier.kind === 'REUSED') return { ok: false, refusals: keyRefusals(request, earlier) };
  return { ok: true, value: await again(earlier.answer) };
}
