import { type AgreementRecord, agreementItem, agreementPartyItems } from '../../src/storage/linkages/items.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';

export const THIRD_ZONE = 'zone_writes-third';

/** Returns a proposed agreement of a side's zone with a third one. Only the proposer has signed. */
export function proposedItems(id: string, zoneId: string, proposedBy: string): readonly PrimaryKey[] {
  const agreement = proposedAgreement(id, zoneId, proposedBy);
  return [agreementItem(agreement), ...agreementPartyItems(agreement)];
}

/** Returns an agreement of a side's zone with a third one, signed by both. */
export function signedItems(id: string, zoneId: string): readonly PrimaryKey[] {
  const agreement = proposedAgreement(id, zoneId, THIRD_ZONE);
  const parties = agreement.parties.map((party) => ({ ...party, signedOn: '2020-03-01' }));
  const signed = { ...agreement, parties, status: 'SIGNED', signedOn: '2020-03-01' } as const;
  return [agreementItem(signed), ...agreementPartyItems(signed)];
}

function proposedAgreement(id: string, zoneId: string, proposedBy: string): AgreementRecord {
  return {
    id,
    version: 1,
    title: { zh: '协议', ja: '協定', en: 'Agreement' },
    kind: 'JOINT_DEVELOPMENT',
    status: 'PROPOSED',
    terminatedOn: null,
    parties: [zoneId, THIRD_ZONE].map((zone) => ({
      zoneId: zone,
      role: zone === THIRD_ZONE ? 'DESTINATION' : 'ORIGIN',
      signedOn: zone === proposedBy ? '2020-03-01' : null,
    })),
    validFrom: '2020-03-01',
    validTo: null,
    signedOn: null,
    proposedBy,
    purposes: [],
    shareTerms: [],
    coverageIds: [],
  };
}
