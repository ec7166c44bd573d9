import { dayInShanghai } from '../../domain/calendar/day.ts';
import { agreementStatusOn } from '../../domain/linkages/agreement.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { AgreementPartyResolvers, AgreementResolvers, LinkageGroupResolvers } from './generated/types.ts';

export const Agreement: AgreementResolvers = {
  title: localizedField(({ title }) => title),
  status: ({ status, validTo: to }, _, { request }) => agreementStatusOn({ status, to }, dayInShanghai(request.now)),
  coverages: async ({ coverageIds }, _, { store }) => {
    const coverages = await store.coverages.byId.loadMany(coverageIds);
    return coverages.filter((coverage) => coverage !== null);
  },
};

export const AgreementParty: AgreementPartyResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};

export const LinkageGroup: LinkageGroupResolvers = {
  name: localizedField(({ name }) => name),
  zones: ({ zoneIds }) => zoneIds.map((id) => ({ id })),
};
