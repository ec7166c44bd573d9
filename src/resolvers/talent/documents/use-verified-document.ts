import { onceRequest } from '../../../subgraph/once.ts';
import { changeCase } from '../cases/change-case.ts';
import type { MutationResolvers } from '../generated/types.ts';

/** Records the applicant's consent to the use of a document that another zone has verified. */
export const useVerifiedDocument: NonNullable<MutationResolvers['useVerifiedDocument']> = (_, { input }, context) => {
  const call = onceRequest('useVerifiedDocument', input, context.request.now);
  const { document, fromCase } = input;
  return changeCase(
    call,
    ({ source, agreement }) => ({ action: 'USE_VERIFIED', version: null, document, source, agreement }),
    () => context.store.verifiedDocuments.load(call, input.case, { caseId: fromCase, document }),
    context,
  );
};
