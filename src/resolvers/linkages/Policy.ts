import { agreementHolds } from '../../domain/coverage.ts';
import { dayInShanghai, isWithin } from '../../domain/day.ts';
import { agreementFacts, coverageFacts } from './applications.ts';
import type { PolicyResolvers } from './generated/types.ts';
import { knownAgreement } from './known.ts';

export const Policy: PolicyResolvers = {
  coverage: async ({ id }, { on }, { store, request }) => {
    const day = on ?? dayInShanghai(request.now);
    const coverages = await store.coverages.ofPolicy(id);
    const valid = coverages.filter((coverage) => isWithin(day, coverageFacts(coverage)));
    const agreements = await Promise.all(valid.map(({ agreementId }) => knownAgreement(store, agreementId)));
    return valid.filter((_, i) => {
      const agreement = agreements[i];
      return agreement !== undefined && agreementHolds(agreementFacts(agreement), day);
    });
  },
};
