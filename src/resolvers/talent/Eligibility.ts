import type { EligibilityResolvers } from './generated/types.ts';

export const Eligibility: EligibilityResolvers = {
  eligible: ({ unmet }) => unmet.length === 0,
};
