import type { AgreementPartyResolvers } from './generated/types.ts';

export const AgreementParty: AgreementPartyResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};
