import type { PolicyResolvers } from './generated/types.ts';

export const Policy: PolicyResolvers = {
  caseTypes: ({ id }, _, { store }) => store.caseTypes.ofPolicy(id),
};
