import {
  type AgreementRecord,
  agreementItem,
  agreementPartyItems,
  coverageItem,
  parkFactsItem,
  policyFactsItem,
  zoneFactsItem,
} from '../../src/storage/linkages/items.ts';
import { recognitionItem } from '../../src/storage/linkages/recognition-items.ts';
import { awaitedRelocationItem, relocationItem } from '../../src/storage/linkages/relocations/relocation-items.ts';
import { enterpriseSupplyItem } from '../../src/storage/linkages/supply-chains/items.ts';
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

/** Returns a recognition by a side's zone of a kind of the third zone. */
export const recognitionOf = (side: string, byZoneId: string): PrimaryKey =>
  recognitionItem({
    ...{ id: `recog_writes-${side}`, version: 1, byZoneId, ofZoneId: THIRD_ZONE, kind: 'TECH_SME', rule: null },
    ...{ validFrom: '2020-03-01', validTo: null, agreementId: `agr_writes-${side}-signed` },
  });

/** Returns the copies by which relocations of a side's enterprise are decided, and a relocation of another one that waits. */
export function relocationItems(side: string, zoneId: string, enterpriseId: string): readonly PrimaryKey[] {
  const statement = {
    ...{ zoneId: THIRD_ZONE, statedOn: '2020-03-01', listNumber: null, relieves: null },
    ...{ ledBy: 'MARKET' as const, remainingSiteIds: [], agreementId: null },
  };
  // An enterprise has one open relocation between two zones.
  const waiting = {
    ...{ id: `reloc_writes-${side}`, version: 1, enterpriseId: `ent_writes-relocating-${side}` },
    ...{ fromZoneId: zoneId, toZoneId: THIRD_ZONE, toParkId: THIRD_PARK, agreementId: null },
    ...{ registeredOn: null, confirmedOn: null, withdrawnOn: null, statements: [statement] },
  };
  return [
    enterpriseSupplyItem({
      ...{ enterpriseId, homeZoneId: zoneId, parkIds: [], sector: 'OTHER', state: 'CONFIRMED', sourceVersion: 1 },
      ...{ needs: [], supplies: [] },
    }),
    relocationItem(waiting),
    awaitedRelocationItem(waiting),
  ];
}

export const THIRD_PARK = 'park_writes-third';
/** That the third zone has a park. */
export const thirdParkItem = () =>
  parkFactsItem({ parkId: THIRD_PARK, zoneId: THIRD_ZONE, regionCode: '120116', sourceVersion: 1 });

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
    purposes: ['POLICY_COVERAGE', 'RECOGNITION'],
    shareTerms: [],
  };
}
