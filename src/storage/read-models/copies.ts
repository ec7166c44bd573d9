/** Copies of one table's items in another, which follow the streams. A copy names the version that it was made of. */
import { type CalendarYearCopy, calendarYearCopy } from '../calendar/calendar-years.ts';
import { scanPages } from '../dynamodb/read.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { type Condition, exists, put, remove, update } from '../dynamodb/write.ts';
import type { SettledStayItem } from '../enterprises/history/items.ts';
import type { EnterpriseItem, KnownParkItem } from '../enterprises/items.ts';
import { type KnownFacilitiesItem, knownFacilitiesItem } from '../enterprises/known-facilities.ts';
import { knownParkItem } from '../enterprises/make-items.ts';
import { type PolicyNoticeItem, policyNoticeItems } from '../enterprises/policy-notices.ts';
import { hasPolicyTerms, type PolicyTermsItem, policyTermsItem } from '../enterprises/simulations/policy-terms.ts';
import {
  hasMoved,
  type RelocatedEnterpriseItem,
  relocatedEnterpriseItem,
} from '../enterprises/simulations/relocation-copies.ts';
import { parkFactsOf, policyFactsOf, subjectFactsOf, zoneFactsOf } from '../linkages/facts-of.ts';
import {
  type AgreementItem,
  type ParkFactsItem,
  type PolicyFactsItem,
  parkFactsItem,
  policyFactsItem,
  type SubjectFactsItem,
  subjectFactsItems,
  type ZoneFactsItem,
  type ZonePoliciesItem,
  zoneFactsItem,
} from '../linkages/items.ts';
import type { RelocationItem } from '../linkages/relocations/relocation-items.ts';
import { type SettledStayFactsItem, settledStayFactsItem } from '../linkages/settled-stays.ts';
import type {
  CalendarYearItem,
  ParkFacilitiesItem,
  ParkItem,
  PolicyItem,
  PolicyVersionEvent,
  recordVersionItem,
  ZoneItem,
} from '../parks/items.ts';
import { enterpriseKeys } from '../tables/enterprises.ts';
import { linkageKeys } from '../tables/linkages.ts';
import { parkKeys } from '../tables/parks.ts';
import { type CaseAgreementItem, caseAgreementItems } from '../talent/agreements/case-agreements.ts';
import { type CasePolicyItem, casePolicyItems } from '../talent/case-types/case-policies.ts';
import { type EndedEmployerItem, endedEmployerItems } from '../talent/employers/ended-employers.ts';
import { withCompletedMoves } from './completed-moves.ts';
import { CHANGED, type Derivation, derivedItems } from './derived-items.ts';
import type { OpenTables, ReadModel } from './read-model.ts';

type Copy = { readonly pk: string; readonly sk: string; readonly type: string; readonly sourceVersion: number };

/** Returns the condition that no newer copy has come. */
function isNotNewer(version: number): Condition {
  return {
    expression: 'attribute_not_exists(#c_sourceVersion) OR #c_sourceVersion <= :c_sourceVersion',
    names: { '#c_sourceVersion': 'sourceVersion' },
    values: { ':c_sourceVersion': version },
  };
}

const notNewer = (version: number) => ({ when: isNotNewer(version), otherwise: CHANGED }) as const;

/** The writes that replace and remove a copy. */
export const asCopy = {
  put: <Item extends Copy>(item: Item) => [put(item, notNewer(item.sourceVersion))],
  remove: <Item extends Copy>(item: Item) => [remove(item, notNewer(item.sourceVersion))],
};

export const knownParks: ReadModel = derivedItems<ParkItem, KnownParkItem>({
  name: 'known-parks',
  title: 'parks that enterprises can be registered in',
  source: { store: 'parks', type: 'Park' },
  target: { store: 'enterprises', type: 'KnownPark' },
  itemsOf: ({ id, zoneId }) => [knownParkItem(id, zoneId)],
  // The item also says for how long the park's days stay open, which no other item says.
  facts: ({ parkId, zoneId }) => ({ parkId, zoneId }),
  sourceOf: ({ parkId }) => parkId,
  sourceKey: parkKeys.park,
  put: (item, { zoneId, version }) => [
    update(item, { set: { type: item.type, parkId: item.parkId, zoneId, sourceVersion: version } }, notNewer(version)),
  ],
  remove: (item) => [remove(item, { when: exists, otherwise: CHANGED })],
});

export const knownFacilities: ReadModel = derivedItems<ParkFacilitiesItem, KnownFacilitiesItem>({
  name: 'known-facilities',
  title: "enterprises' copies of parks' facilities",
  source: { store: 'parks', type: 'ParkFacilities' },
  target: { store: 'enterprises', type: 'KnownFacilities' },
  itemsOf: (list) => [knownFacilitiesItem(list)],
  sourceOf: ({ parkId }) => parkId,
  sourceKey: parkKeys.facilities,
  ...asCopy,
});

export const settledStays: ReadModel = derivedItems<SettledStayItem, SettledStayFactsItem>({
  name: 'settled-stays',
  title: "linkages' copies of enterprises' settled stays",
  source: { store: 'enterprises', type: 'SettledStay' },
  target: { store: 'linkages', type: 'SettledStayFacts' },
  itemsOf: (stay) => [settledStayFactsItem(stay)],
  sourceOf: ({ enterpriseId, sk }) => `${enterpriseId} ${sk}`,
  sourceKey: (id) => {
    const [pk = '', sk = ''] = id.split(' ');
    return { pk, sk };
  },
  put: (item) => [put(item)],
  remove: (item) => [remove(item)],
});

export const endedEmployers: ReadModel = derivedItems<EnterpriseItem, EndedEmployerItem>({
  name: 'ended-employers',
  title: "talent's copies of enterprises that have ended",
  source: { store: 'enterprises', type: 'Enterprise' },
  target: { store: 'talent', type: 'EndedEmployer' },
  itemsOf: endedEmployerItems,
  sourceOf: ({ enterpriseId }) => enterpriseId,
  sourceKey: enterpriseKeys.enterprise,
  ...asCopy,
});

export const zoneFacts: ReadModel = derivedItems<ZoneItem, ZoneFactsItem>({
  name: 'zone-facts',
  title: "linkages' copies of zones",
  source: { store: 'parks', type: 'Zone' },
  target: { store: 'linkages', type: 'ZoneFacts' },
  itemsOf: (zone) => [zoneFactsItem(zoneFactsOf(zone))],
  sourceOf: ({ zoneId }) => zoneId,
  sourceKey: parkKeys.zone,
  ...asCopy,
});

export const parkFacts: ReadModel = derivedItems<ParkItem, ParkFactsItem>({
  name: 'park-facts',
  title: "linkages' copies of parks",
  source: { store: 'parks', type: 'Park' },
  target: { store: 'linkages', type: 'ParkFacts' },
  itemsOf: (park) => [parkFactsItem(parkFactsOf(park))],
  sourceOf: ({ parkId }) => parkId,
  sourceKey: parkKeys.park,
  ...asCopy,
});

export const subjectFacts: ReadModel = derivedItems<EnterpriseItem, SubjectFactsItem>({
  name: 'subject-facts',
  title: "linkages' copies of enterprises",
  source: { store: 'enterprises', type: 'Enterprise' },
  target: { store: 'linkages', type: 'SubjectFacts' },
  itemsOf: (enterprise) => subjectFactsItems(subjectFactsOf(enterprise)),
  sourceOf: ({ enterpriseId }) => enterpriseId,
  sourceKey: enterpriseKeys.enterprise,
  ...asCopy,
});

export const policyNotices: ReadModel = derivedItems<RecordVersion, PolicyNoticeItem<'PolicyNotice'>>({
  name: 'policy-notices',
  title: 'notices of published policies',
  source: { store: 'parks', type: 'RecordVersion' },
  target: { store: 'enterprises', type: 'PolicyNotice' },
  itemsOf: (version) => (version.of === 'Policy' ? policyNoticeItems(version as PolicyVersionEvent) : []),
  sourceOf: ({ policyId, policyVersion }) => `${policyId}@${policyVersion}`,
  sourceKey: (id) => {
    const [policyId = '', version] = id.split('@');
    return parkKeys.recordVersion(parkKeys.policy(policyId), Number(version));
  },
  put: (item) => [put(item)],
  remove: (item) => [remove(item)],
});
type RecordVersion = ReturnType<typeof recordVersionItem>;

export const policyTerms: ReadModel = derivedItems<PolicyItem, PolicyTermsItem>({
  name: 'policy-terms',
  title: "enterprises' copies of policies' terms",
  source: { store: 'parks', type: 'Policy' },
  target: { store: 'enterprises', type: 'PolicyTerms' },
  itemsOf: (policy) => (hasPolicyTerms(policy) ? [policyTermsItem(policy)] : []),
  sourceOf: ({ policyId }) => policyId,
  sourceKey: parkKeys.policy,
  ...asCopy,
});

export const relocatedEnterprises: ReadModel = withCompletedMoves(
  derivedItems<RelocationItem, RelocatedEnterpriseItem>({
    name: 'relocation-copies',
    title: "enterprises' copies of relocations",
    source: { store: 'linkages', type: 'Relocation' },
    target: { store: 'enterprises', type: 'RelocatedEnterprise' },
    itemsOf: (relocation) => (hasMoved(relocation) ? [relocatedEnterpriseItem(relocation)] : []),
    sourceOf: ({ relocationId }) => relocationId,
    sourceKey: linkageKeys.relocation,
    ...asCopy,
  }),
);

export const calendarYears: ReadModel = derivedItems<CalendarYearItem, CalendarYearCopy>({
  name: 'calendar-years',
  title: "talent's copies of years' arrangements",
  source: { store: 'parks', type: 'CalendarYear' },
  target: { store: 'talent', type: 'CalendarYearCopy' },
  itemsOf: (arrangement) => [calendarYearCopy(arrangement)],
  sourceOf: ({ year }) => `${year}`,
  sourceKey: parkKeys.calendarYear,
  ...asCopy,
});

export const casePolicies: ReadModel = derivedItems<PolicyItem, CasePolicyItem>({
  name: 'case-policies',
  title: "talent's copies of policies for persons",
  source: { store: 'parks', type: 'Policy' },
  target: { store: 'talent', type: 'CasePolicy' },
  itemsOf: casePolicyItems,
  sourceOf: ({ policyId }) => policyId,
  sourceKey: parkKeys.policy,
  ...asCopy,
});

export const caseAgreements: ReadModel = derivedItems<AgreementItem, CaseAgreementItem>({
  name: 'case-agreements',
  title: "talent's copies of agreements on cases across zones",
  source: { store: 'linkages', type: 'Agreement' },
  target: { store: 'talent', type: 'CaseAgreement' },
  itemsOf: caseAgreementItems,
  sourceOf: ({ agreementId }) => agreementId,
  sourceKey: linkageKeys.agreement,
  ...asCopy,
});

const policyCopies: Derivation<PolicyItem, PolicyFactsItem> = {
  name: 'policy-facts',
  title: "linkages' copies of policies",
  source: { store: 'parks', type: 'Policy' },
  target: { store: 'linkages', type: 'PolicyFacts' },
  itemsOf: (policy) => [policyFactsItem(policyFactsOf(policy))],
  sourceOf: ({ policyId }) => policyId,
  sourceKey: parkKeys.policy,
  ...asCopy,
};

/** Also the lists of zones' policies. A list may name more policies than are the zone's: it says only where to look. */
export const policyFacts: ReadModel = {
  name: policyCopies.name,
  title: policyCopies.title,
  async compare(open) {
    const [copies, lists] = [await derivedItems(policyCopies).compare(open), await missingInLists(open)];
    return {
      items: copies.items + lists.size,
      differences: [...copies.differences, ...differencesOf(lists)],
    };
  },
  async rebuild(open, options) {
    const lists = await missingInLists(open);
    await transactGroups(
      open('linkages'),
      Array.from(lists, ([zoneId, policyIds]) =>
        policyIds.size === 0
          ? []
          : [
              update(linkageKeys.zonePolicies(zoneId), {
                set: { type: 'ZonePolicies', zoneId },
                add: { policyIds },
              }),
            ],
      ),
    );
    const copies = await derivedItems(policyCopies).rebuild(open, options);
    return { items: copies.items + lists.size, differences: [...copies.differences, ...differencesOf(lists)] };
  },
};

/** Returns the policies that each zone's list lacks. */
async function missingInLists(open: OpenTables): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const listed = new Map<string, ReadonlySet<string>>();
  for await (const page of scanPages<ZonePoliciesItem>(open('linkages'), ['ZonePolicies'])) {
    for (const { zoneId, policyIds } of page) listed.set(zoneId, policyIds ?? new Set());
  }
  const missing = new Map<string, Set<string>>();
  for await (const page of scanPages<PolicyItem>(open('parks'), ['Policy'])) {
    for (const { id, homeZoneIds } of page) {
      for (const zoneId of homeZoneIds) {
        const lacking = missing.get(zoneId) ?? new Set();
        missing.set(zoneId, listed.get(zoneId)?.has(id) ? lacking : lacking.add(id));
      }
    }
  }
  return missing;
}

function differencesOf(lists: ReadonlyMap<string, ReadonlySet<string>>) {
  return Array.from(lists).flatMap(([zoneId, { size }]) =>
    size === 0 ? [] : [{ ...linkageKeys.zonePolicies(zoneId), fault: 'DIFFERENT' as const }],
  );
}
