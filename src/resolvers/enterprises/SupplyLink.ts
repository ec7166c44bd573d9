import { localizedField } from '../../subgraph/localized.ts';
import type { SupplyLinkResolvers } from './generated/types.ts';
import { present } from './present.ts';

export const SupplyLink: SupplyLinkResolvers = {
  partner: async ({ partnerId }, _, { store }) => present(await store.enterprises.byId.load(partnerId), partnerId),
  goods: localizedField(({ goods }) => goods),
};
