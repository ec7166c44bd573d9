import { mayKnow } from '../../../domain/access/case-relation.ts';
import { decideCase, UNKNOWN_CASE } from '../../../domain/cases/decide.ts';
import { once, onceRequest } from '../../../subgraph/once.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import { CASE_CODES } from '../cases/change-case.ts';
import type { MutationResolvers } from '../generated/types.ts';

/** Accepts a file. Its content is checked first, because its type decides. */
export const supplyDocument: NonNullable<MutationResolvers['supplyDocument']> = async (
  _,
  { input },
  { viewer, store: { documents, caseChanges }, request },
) => {
  const call = onceRequest('supplyDocument', input, request.now);
  const decision = await once(call, {
    load: () => documents.loadSupply(call, input.case, input.upload, (of) => mayKnow(viewer, of)),
    decide: ({ situation, upload: announced, found }) =>
      situation
        ? decideCase(situation, { action: 'SUPPLY_DOCUMENT', version: null, announced, found }, viewer, request)
        : { ok: false, refusals: [UNKNOWN_CASE] },
    commit: (change, loaded) => documents.supply(call, loaded, change),
    again: (answer) => caseChanges.answered(answer),
    done: (change, loaded) => caseChanges.changed(loaded, change),
  });
  if (decision.ok) return { case: decision.value, userErrors: [] };
  return { case: null, userErrors: userErrors(decision.refusals, CASE_CODES) };
};
