import { checkEligibility } from '../../domain/eligibility-check.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { CaseTypeResolvers } from './generated/types.ts';
import { statedApplication } from './stated-application.ts';

export const CaseType: CaseTypeResolvers = {
  name: localizedField(({ name }) => name),
  policy: ({ policyId }) => (policyId === null ? null : { id: policyId }),
  publishedAt: ({ publication }) => publication?.at ?? null,
  conditions: ({ conditions }) => conditions ?? {},
  eligibility: (caseType, { application }, { request: { now } }) =>
    checkEligibility(caseType, statedApplication(application, now), now),
};
