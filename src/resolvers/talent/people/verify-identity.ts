import { mayKnow } from '../../../domain/access/case-relation.ts';
import { mayAct } from '../../../domain/cases/access.ts';
import { decideCase, UNKNOWN_CASE } from '../../../domain/cases/decide.ts';
import { once, onceRequest } from '../../../subgraph/once.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import { CASE_CODES } from '../cases/change-case.ts';
import type { MutationResolvers } from '../generated/types.ts';

/** Maximum number of the same person's other cases in an answer. */
const MAX_CASES = 10;

/**
 * Verifies an identity. The officer sees the person's other cases only after verification: a typed number reveals
 * nothing.
 */
export const verifyIdentity: NonNullable<MutationResolvers['verifyIdentity']> = async (
  _,
  { input },
  { viewer, store: { identities, caseChanges }, request },
) => {
  const call = onceRequest('verifyIdentity', input, request.now);
  /** The number that this request has verified; null where it was verified by an earlier one. */
  let verified: string | null = null;
  const decision = await once(call, {
    load: () => identities.load(call, input.case, (of) => mayAct(viewer, 'verifyIdentity', of)),
    decide: ({ situation, known }) =>
      situation
        ? decideCase(situation, { action: 'VERIFY_IDENTITY', version: input.version, stated: known }, viewer, request)
        : { ok: false, refusals: [UNKNOWN_CASE] },
    commit: (change, loaded) => identities.verify(call, loaded, change),
    again: (answer) => caseChanges.answered(answer),
    done: (change, loaded) => {
      verified = loaded.known?.idNumber ?? null;
      return caseChanges.changed(loaded, change);
    },
  });
  if (!decision.ok) return { case: null, sameIdentity: null, userErrors: userErrors(decision.refusals, CASE_CODES) };
  const others = await identities.sameIdentity(decision.value, verified);
  const sameIdentity = others.filter((of) => mayKnow(viewer, of)).slice(0, MAX_CASES);
  return { case: mayKnow(viewer, decision.value) ? decision.value : null, sameIdentity, userErrors: [] };
};
