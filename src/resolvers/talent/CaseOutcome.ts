import type { CaseOutcomeResolvers } from './generated/types.ts';

export const CaseOutcome: CaseOutcomeResolvers = {
  __resolveType: ({ kind }) => kind,
};
