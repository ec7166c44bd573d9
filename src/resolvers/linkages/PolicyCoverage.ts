import type { PolicyCoverageResolvers } from './generated/types.ts';
import { knownAgreement } from './known.ts';

export const PolicyCoverage: PolicyCoverageResolvers = {
  policy: ({ policyId }) => ({ id: policyId }),
  policyVersion: ({ policyVersion }) => policyVersion.number,
  fromZone: ({ fromZoneId }) => ({ id: fromZoneId }),
  toZone: ({ toZoneId }) => ({ id: toZoneId }),
  agreement: ({ agreementId }, _, { store }) => knownAgreement(store, agreementId),
};
