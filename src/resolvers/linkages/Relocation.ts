import type { RelocationResolvers } from './generated/types.ts';
import { knownAgreement } from './known.ts';

export const Relocation: RelocationResolvers = {
  enterprise: ({ enterpriseId }) => ({ id: enterpriseId }),
  fromZone: ({ fromZoneId }) => ({ id: fromZoneId }),
  toZone: ({ toZoneId }) => ({ id: toZoneId }),
  agreement: ({ agreementId }, _, { store }) => (agreementId === null ? null : knownAgreement(store, agreementId)),
};
