import { agreementStatusOn } from '../../domain/agreement.ts';
import { dayInShanghai } from '../../domain/day.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { AgreementResolvers } from './generated/types.ts';

export const Agreement: AgreementResolvers = {
  title: localizedField(({ title }) => title),
  status: ({ status, validTo: to }, _, { request }) => agreementStatusOn({ status, to }, dayInShanghai(request.now)),
  coverages: async ({ coverageIds }, _, { store }) => {
    const coverages = await store.coverages.byId.loadMany(coverageIds);
    return coverages.filter((coverage) => coverage !== null);
  },
};
