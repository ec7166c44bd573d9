import { fileLimits } from '../../../domain/documents/upload.ts';
import { termsOf } from '../../../domain/rules/parts.ts';
import { localizedField } from '../../../subgraph/context.ts';
import type {
  CardRecognitionResolvers,
  CaseArrangementResolvers,
  CaseTermResolvers,
  CaseTypeResolvers,
  DocumentRequirementResolvers,
  EligibilityResolvers,
  UnmetConditionResolvers,
} from '../generated/types.ts';
import { eligibilityOf } from './stated-application.ts';

export const CaseType: CaseTypeResolvers = {
  name: localizedField(({ name }) => name),
  policy: ({ policyId }) => (policyId === null ? null : { id: policyId }),
  zones: ({ zoneIds }) => zoneIds?.map((id) => ({ id })) ?? null,
  rule: ({ rule }) => rule ?? null,
  publishedAt: ({ publication }) => publication?.at ?? null,
  childAgeOn: ({ childAgeOn }) => childAgeOn ?? null,
  terms: ({ rule }) => (rule ? termsOf(rule.when) : []),
  arrangements: ({ arrangements }) => arrangements ?? [],
  eligibility: (caseType, { application }, context) => eligibilityOf(caseType, application, context),
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

export const CaseArrangement: CaseArrangementResolvers = {
  name: localizedField(({ name }) => name),
  zones: ({ zoneIds }) => zoneIds?.map((id) => ({ id })) ?? null,
  applicants: ({ applicants }) => applicants ?? null,
  policy: ({ policyId }) => (policyId ? { id: policyId } : null),
  window: ({ window }) => window ?? null,
  childAgeOn: ({ childAgeOn }) => childAgeOn ?? null,
  requiredDocuments: ({ requiredDocuments }) => requiredDocuments ?? null,
  limits: ({ limits }) => limits ?? null,
  rule: ({ rule }) => rule ?? null,
  terms: ({ rule }) => (rule ? termsOf(rule.when) : null),
};

export const Eligibility: EligibilityResolvers = {
  policyVersion: ({ basis }) => basis?.version ?? null,
  eligible: ({ truth }) => truth === 'MET',
};

export const CardRecognition: CardRecognitionResolvers = {
  recognition: ({ recognitionId }) => ({ id: recognitionId }),
};

export const UnmetCondition: UnmetConditionResolvers = {
  reason: localizedField(({ reason }) => reason),
};
