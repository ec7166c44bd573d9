import { fileLimits } from '../../../domain/documents/upload.ts';
import { checkEligibility } from '../../../domain/eligibility/check.ts';
import { termsOf } from '../../../domain/rules/parts.ts';
import { localizedField } from '../../../subgraph/localized.ts';
import type {
  CaseTermResolvers,
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
  childAgeOn: ({ childAgeOn }) => childAgeOn ?? null,
  terms: ({ rule }) => (rule ? termsOf(rule.when) : []),
  eligibility: (caseType, { application }, { request: { now } }) =>
    checkEligibility(caseType, statedApplication(application, now), now),
};

export const CaseTerm: CaseTermResolvers = {
  text: localizedField(({ text }) => text),
  clause: ({ clause }) => clause ?? null,
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
