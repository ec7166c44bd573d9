import type { Refusal } from '../../../domain/refusal.ts';
import type { OnceRequest } from '../../../storage/dynamodb/idempotency.ts';
import { MAX_CONCURRENT_CALLS, mapConcurrently } from '../../../storage/dynamodb/map-concurrently.ts';
import type { LoadedOne, OneOfMany } from '../../../storage/talent/cases/many-changes.ts';
import { keyRefusals, ONCE_CODES, type OnceRefusal, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { CaseOpinionInput, MutationResolvers } from '../generated/types.ts';
import { answerWith, type CaseAnswer, changeCase } from './change-case.ts';

const MAX_OPINIONS = 50;

/** Gives opinions, each as a change with its own idempotency key. A repeated call continues after the last one done. */
export const giveOpinions: NonNullable<MutationResolvers['giveOpinions']> = async (_, { input }, context) => {
  const { store, request } = context;
  const call = onceRequest('giveOpinions', input, request.now);
  const refusals = await refuseCall(context, call, input.opinions);
  if (refusals.length > 0) return { results: null, userErrors: userErrors(refusals, CODES) };
  const parts = input.opinions.map((opinion) => ({
    once: partOf(call, opinion),
    caseId: opinion.case,
    verdict: opinion.verdict,
  }));
  const loaded = await store.manyChanges.load(parts);
  const ready = parts.map((part, i) => ({ ...part, loaded: loaded[i] ?? null }));
  const results = await mapConcurrently(ready, MAX_CONCURRENT_CALLS, async (part) => ({
    caseId: part.caseId,
    ...(await giveOpinion(part, context)),
  }));
  return { results, userErrors: [] };
};

type Part = OneOfMany & Pick<CaseOpinionInput, 'verdict'> & { readonly loaded: LoadedOne | null };

async function giveOpinion({ once, caseId, verdict, loaded }: Part, context: Context): Promise<CaseAnswer> {
  if (loaded?.answered && loaded.earlier.kind === 'ANSWERED') return answerWith(context.viewer, loaded.answered);
  let first = loaded;
  const load = async () => {
    const given = first ?? (await context.store.caseChanges.load(once, caseId));
    first = null;
    return given;
  };
  return changeCase(once, () => ({ action: 'GIVE_OPINION', version: null, verdict }), load, context);
}

/** Makes the idempotency key of one case's part. It is longer than any accepted key, so no client can send it. */
function partOf({ mutation, key, now }: OnceRequest, opinion: CaseOpinionInput): OnceRequest {
  return { mutation: `${mutation}/one`, key: JSON.stringify([key, opinion.case]), input: opinion, now };
}

type CallRefusal = OnceRefusal | 'WRONG_NUMBER' | 'TWICE_IN_ONE_CALL';

async function refuseCall(
  { store }: Context,
  call: OnceRequest,
  opinions: readonly CaseOpinionInput[],
): Promise<readonly Refusal<CallRefusal>[]> {
  const wrongKey = keyRefusals(call, { kind: 'NONE' });
  if (wrongKey.length > 0) return wrongKey;
  if (opinions.length < 1 || opinions.length > MAX_OPINIONS) {
    return [{ code: 'WRONG_NUMBER', field: ['opinions'], message: `From 1 to ${MAX_OPINIONS} at once.` }];
  }
  const cases = opinions.map((opinion) => opinion.case);
  const twice = cases.flatMap((id, i) => (cases.indexOf(id) < i ? [i] : []));
  if (twice.length > 0) {
    const message = 'There is another opinion on the same case before it.';
    return twice.map((i) => ({ code: 'TWICE_IN_ONE_CALL', field: ['opinions', `${i}`, 'case'], message }));
  }
  return keyRefusals(call, await store.manyChanges.claim(call));
}

const CODES = {
  ...ONCE_CODES,
  WRONG_NUMBER: 'INVALID',
  TWICE_IN_ONE_CALL: 'INVALID',
} as const satisfies Record<CallRefusal, UserErrorCode>;
