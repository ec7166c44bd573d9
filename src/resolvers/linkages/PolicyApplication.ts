import type { PolicyApplicationResolvers } from './generated/types.ts';

export const PolicyApplication: PolicyApplicationResolvers = {
  policy: ({ policyId, failed }) => (failed.some(({ code }) => code === 'POLICY_NOT_FOUND') ? null : { id: policyId }),
  reasons: ({ applies, failed }) => (applies ? [] : failed),
};
