import type { PolicyVersionResolvers } from './generated/types.ts';

export const PolicyVersion: PolicyVersionResolvers = {
  clauses: async ({ policyId, number }, _, { store }) =>
    (await store.policies.clausesOf.load({ policyId, number }))?.clauses ?? [],
};
