import {
  type AgreementRecord,
  agreementItem,
  agreementPartyItems,
  coverageItem,
  policyFactsItem,
  zoneFactsItem,
} from '../../src/storage/linkages/items.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';

export const THIRD_ZONE = 'zone_writes-third';

/** That the third zone exists. */
export const thirdZoneItem = () => zoneFactsItem({ zoneId: THIRD_ZONE, sourceVersion: 1 });

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

/** Returns a policy of a side's zone, a coverage of it in the third zone, and that the side's zone exists. */
export function coverageItems(side: string, zoneId: string): readonly PrimaryKey[] {
  const policyId = `policy_writes-${side}-covered`;
  const days = { validFrom: '2020-03-01', validTo: null };
  return [
    zoneFactsItem({ zoneId, sourceVersion: 1 }),
    policyFactsItem({
      policyId,
      homeZoneIds: [zoneId],
      subject: 'ENTERPRISE',
      inForce: [{ number: 1, from: '2020-03-01', to: null, rule: null }],
      sourceVersion: 1,
    }),
    coverageItem({
      id: `cov_writes-${side}`,
      version: 1,
      policyId,
      policyVersion: { number: 1, ...days },
      fromZoneId: zoneId,
      toZoneId: THIRD_ZONE,
      subject: 'ENTERPRISE',
      rule: null,
      ...days,
      agreementId: `agr_writes-${side}-signed`,
    }),
  ];
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
    purposes: ['POLICY_COVERAGE'],
    shareTerms: [],
  };
}
