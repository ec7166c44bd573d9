import { conditionTexts } from '../../../domain/case-types/condition-text.ts';
import { fileLimits } from '../../../domain/documents/upload.ts';
import { checkEligibility } from '../../../domain/eligibility/check.ts';
import { localized, localizedField } from '../../../subgraph/localized.ts';
import type {
  CaseConditionsResolvers,
  CaseTypeResolvers,
  DocumentRequirementResolvers,
  EligibilityResolvers,
  UnmetConditionResolvers,
} from '../generated/types.ts';
import { statedApplication } from './stated-application.ts';

export const CaseType: CaseTypeResolvers = {
  name: localizedField(({ name }) => name),
  policy: ({ policyId }) => (policyId === null ? null : { id: policyId }),
  zones: ({ zoneIds }) => zoneIds?.map((id) => ({ id })) ?? null,
  rule: ({ rule }) => rule ?? null,
  publishedAt: ({ publication }) => publication?.at ?? null,
  conditions: ({ conditions }) => conditions ?? {},
  eligibility: (caseType, { application }, { request: { now } }) =>
    checkEligibility(caseType, statedApplication(application, now), now),
};

export const CaseConditions: CaseConditionsResolvers = {
  childAge: ({ childAge }) => childAge ?? null,
  recommendation: ({ recommendation }) => recommendation === true,
  residenceInZone: ({ residenceInZone }) => residenceInZone === true,
  noOwnDwelling: ({ noOwnDwelling }) => noOwnDwelling === true,
  labels: (conditions, given, context) => conditionTexts(conditions).map((text) => localized(text, given, context)),
};

export const DocumentRequirement: DocumentRequirementResolvers = {
  name: localizedField(({ name }) => name),
  maxBytes: (requirement) => fileLimits(requirement).maxBytes,
  mediaTypes: (requirement) => fileLimits(requirement).mediaTypes,
};

export const Eligibility: EligibilityResolvers = {
  eligible: ({ truth }) => truth === 'MET',
};

export const UnmetCondition: UnmetConditionResolvers = {
  reason: localizedField(({ reason }) => reason),
};
