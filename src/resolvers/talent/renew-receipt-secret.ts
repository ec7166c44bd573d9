import { decideRenewal, type RenewalRefusalCode } from '../../domain/receipt-secret.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { MutationResolvers } from './generated/types.ts';
import { givenSecret } from './given-secret.ts';

export const renewReceiptSecret: NonNullable<MutationResolvers['renewReceiptSecret']> = async (
  _,
  { input },
  { viewer, store, request },
) => {
  const call = onceRequest('renewReceiptSecret', input, request.now);
  const decision = await once(call, {
    load: () => store.caseChanges.load(call, input.case),
    decide: ({ situation }) => decideRenewal(situation?.case ?? null, viewer),
    commit: (_decided, loaded) => store.caseChanges.keepAsLoaded(call, loaded),
    // A secret is told once.
    again: async () => null,
    done: (_decided, { situation }) => situation?.case ?? null,
  });
  if (!decision.ok) return { receiptSecret: null, userErrors: userErrors(decision.refusals, CODES) };
  const receiptSecret = decision.value && (await givenSecret(store, decision.value));
  return { receiptSecret, userErrors: [] };
};

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  ERASED: 'NOT_ALLOWED',
} as const satisfies Record<RenewalRefusalCode | OnceRefusal, UserErrorCode>;
