import { RELATION_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { BeneficiaryResolvers } from './generated/types.ts';

export const Beneficiary: BeneficiaryResolvers = {
  relationLabel: localizedField(({ relation }) => RELATION_LABELS[relation]),
  label: ({ label }) => label ?? null,
};
