import { localized } from '../../subgraph/localized.ts';
import type { CaseDecisionResolvers } from './generated/types.ts';

export const CaseDecision: CaseDecisionResolvers = {
  reasons: ({ reasons }, given, context) => reasons.map((reason) => localized(reason, given, context)),
};
