import { conditionTexts } from '../../domain/cases/condition-text.ts';
import { localized } from '../../subgraph/localized.ts';
import type { CaseConditionsResolvers } from './generated/types.ts';

export const CaseConditions: CaseConditionsResolvers = {
  childAge: ({ childAge }) => childAge ?? null,
  recommendation: ({ recommendation }) => recommendation === true,
  residenceInZone: ({ residenceInZone }) => residenceInZone === true,
  noOwnDwelling: ({ noOwnDwelling }) => noOwnDwelling === true,
  labels: (conditions, given, context) => conditionTexts(conditions).map((text) => localized(text, given, context)),
};
