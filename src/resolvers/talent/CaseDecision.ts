import { DECISION_LABELS } from '../../domain/cases/words.ts';
import { localized, localizedField } from '../../subgraph/localized.ts';
import type { CaseDecisionResolvers } from './generated/types.ts';

export const CaseDecision: CaseDecisionResolvers = {
  label: localizedField(({ approved }) => (approved ? DECISION_LABELS.approved : DECISION_LABELS.refused)),
  reasons: ({ reasons }, given, context) => reasons.map((reason) => localized(reason, given, context)),
};
