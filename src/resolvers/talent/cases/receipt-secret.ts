import { hashCaseSecret, newCaseSecret, printCaseSecret } from '../../../auth/case-secret.ts';
import { decideRenewal, type RenewalRefusalCode } from '../../../domain/cases/receipt-secret.ts';
import { requiredCursorSecret } from '../../../secrets.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/types.ts';

/** Replaces a case's secret and returns it. Only its hash is stored. */
export async function issueSecret({ receiptSecrets }: Context['store'], of: CaseItem): Promise<string> {
  const { receiptNumber, id: caseId, applicantId } = of;
  const { secret, salt } = newCaseSecret(receiptNumber, requiredCursorSecret());
  await receiptSecrets.set({ receiptNumber, caseId, applicantId, salt, secretHash: hashCaseSecret(secret, salt) });
  return printCaseSecret(secret);
}

export const renewReceiptSecret: NonNullable<MutationResolvers['renewReceiptSecret']> = async (
  _,
  { input },
  { viewer, store, request },
) => {
  const call = onceRequest('renewReceiptSecret', input, request.now);
  const decision = await once(call, {
    load: () => store.caseChanges.load(call, input.case),
    decide: ({ situation }) => decideRenewal(situation?.case ?? null, viewer),
    commit: (_decided, loaded) => store.caseChanges.commitUnchanged(call, loaded),
    // A secret is shown once.
    again: async () => null,
    done: (_decided, { situation }) => situation?.case ?? null,
  });
  if (!decision.ok) return { receiptSecret: null, userErrors: userErrors(decision.refusals, CODES) };
  const receiptSecret = decision.value && (await issueSecret(store, decision.value));
  return { receiptSecret, userErrors: [] };
};

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  ERASED: 'NOT_ALLOWED',
} as const satisfies Record<RenewalRefusalCode | OnceRefusal, UserErrorCode>;
