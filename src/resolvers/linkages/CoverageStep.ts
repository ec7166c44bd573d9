import type { CoverageStepResolvers } from './generated/types.ts';
import { knownAgreement, knownCoverage } from './known.ts';

export const CoverageStep: CoverageStepResolvers = {
  coverage: ({ coverageId }, _, { store }) => knownCoverage(store, coverageId),
  agreement: ({ agreementId }, _, { store }) => knownAgreement(store, agreementId),
};
