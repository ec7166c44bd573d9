import { decideSigningRule } from '../../domain/linkages/signing-rule.ts';
import { publicationBy } from '../../domain/records/publication.ts';
import { signingRuleItem } from '../../storage/linkages/items.ts';
import { once, onceRequest } from '../../subgraph/once.ts';
import { userErrors } from '../../subgraph/user-errors.ts';
import { CODES } from './agreements/change-agreement.ts';
import type { Context } from './context.ts';
import type { SetSigningOfficersInput, ZoneSigningResolvers } from './generated/types.ts';

/** Sets by how many officers the caller's zone signs. */
export async function setSigningOfficers(input: SetSigningOfficersInput, { viewer, request, store }: Context) {
  const rules = store.signingRules;
  const call = onceRequest('setSigningOfficers', input, request.now);
  const stated = { seen: input.version === 0 ? null : (input.version ?? null), officers: input.officers };
  const decision = await once(call, {
    load: () => rules.load(call, viewer.kind === 'officer' ? viewer.zone : ''),
    decide: ({ before }) => decideSigningRule(before, stated, viewer),
    commit: (rule, loaded) => rules.commit(call, loaded, rule, publicationBy(viewer, request.now)),
    again: (answer) => rules.answered(answer),
    done: (rule) => signingRuleItem(rule),
  });
  if (decision.ok) return { signing: decision.value, userErrors: [] };
  return { signing: null, userErrors: userErrors(decision.refusals, CODES) };
}

export const ZoneSigning: ZoneSigningResolvers = {
  isLowering: ({ loweredBy }) => loweredBy !== null,
};
