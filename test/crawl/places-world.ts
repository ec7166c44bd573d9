import type { RelocationRecord } from '../../src/domain/linkages/relocation.ts';
import * as courses from '../../src/storage/enterprises/courses/items.ts';
import * as directives from '../../src/storage/enterprises/directives/items.ts';
import * as enterprises from '../../src/storage/enterprises/make-items.ts';
import * as offers from '../../src/storage/enterprises/offers/items.ts';
import { answerEntries, enrolmentEntries } from '../../src/storage/enterprises/zone-entries.ts';
import * as linkages from '../../src/storage/linkages/items.ts';
import {
  enterpriseRelocationsItem,
  relocationItem,
  zoneRelocationItems,
} from '../../src/storage/linkages/relocations/relocation-items.ts';
import * as parks from '../../src/storage/parks/items.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import type { Who } from './callers.ts';
import { type Canary, type CanaryOptions, canary, type Rare, WHOLE } from './canary.ts';
import * as expected from './expectations.ts';
import type { Names } from './names.ts';

export interface PlacesWorld {
  readonly parks: readonly PrimaryKey[];
  readonly enterprises: readonly PrimaryKey[];
  readonly linkages: readonly PrimaryKey[];
  readonly canaries: readonly Canary[];
  /** Tonnes in bond, by the enterprise's code: a partner's. */
  readonly stock: ReadonlyMap<string, string>;
}

const text = (word: string) => ({ zh: word, ja: word, en: word });
const SIDES = ['home', 'away'] as const;

/** Two zones with a park and an enterprise each, the agreement between them, and a third zone that has no part in it. */
export function placesWorld(names: Names, rare: Rare): PlacesWorld {
  const canaries: Canary[] = [];
  const add: Add = (name, value, seenBy, options = {}) => {
    canaries.push(canary(name, value, seenBy, options));
    return value;
  };
  const stock = new Map(
    SIDES.map((side) => [names.usccs[side], add(`${side} enterprise: in bond`, rare.digits(14), expected.BONDED)]),
  );
  return {
    canaries,
    stock,
    parks: [
      ...(['home', 'away', 'third'] as const).map((side) =>
        parks.zoneItem({
          code: names.zones[side].slice('zone_'.length),
          name: text('Zone'),
          kind: 'BONDED',
          regionCode: '120116',
          parentId: null,
          version: 1,
        }),
      ),
      ...SIDES.flatMap((side) => parkItems(side, names, rare, add)),
      policyOf(names),
    ],
    enterprises: [
      ...SIDES.map((side) => enterprises.knownParkItem(names.parks[side], names.zones[side])),
      ...SIDES.flatMap((side) => enterpriseItems(side, names, rare, add)),
      proposalOf(names, rare, add),
      ...directiveItems(names, rare, add),
      ...courseItems(names, rare, add),
      ...offerItems(names, rare, add),
      ...inspectionItems(names, rare, add),
      enterprises.projectItem({
        version: 1,
        id: names.project,
        parkId: names.parks.home,
        name: text('Project'),
        stage: 'SIGNED',
        sector: 'OTHER',
        originZoneId: names.zones.away,
        amount: add('project: amount', rare.digits(14), expected.PLANNED_AMOUNT),
        office: text(add('project: office', rare.words(8), expected.PLANNED_AMOUNT)),
        nextStep: text(add('project: next step', rare.words(8), expected.PLANNED_AMOUNT)),
        nextStepOn: '2026-03-01',
        lostReason: text(add('project: reason lost', rare.words(8), expected.PLANNED_AMOUNT)),
        enterpriseId: names.enterprises.home,
      }),
    ],
    linkages: linkageItems(names, rare, add),
  };
}

function policyOf({ policy, zones }: Names): PrimaryKey {
  return parks.policyItem({
    code: policy.slice('policy_'.length),
    title: text('Policy'),
    issuer: { code: 'crawl-issuer', name: text('Issuer'), level: 'ZONE', zoneId: zones.home },
    homeZoneIds: [zones.home],
    subject: 'PERSON',
    packages: [],
    versions: [{ number: 1, validFrom: '2019-01-01', validTo: null, status: 'PUBLISHED', documentNumber: null }],
    version: 1,
  });
}

type Add = (name: string, value: string, seenBy: readonly Who[], options?: CanaryOptions) => string;
type Side = (typeof SIDES)[number];

function parkItems(side: Side, names: Names, rare: Rare, add: Add): readonly PrimaryKey[] {
  const phone = `1${rare.digits(10)}`;
  const seenBy: readonly Who[] = side === 'home' ? expected.HOME_OFFICERS : ['away'];
  add(`${side} park: masked duty phone`, `${phone.slice(0, 3)}****${phone.slice(-4)}`, expected.MASKED_DESK, {
    part: WHOLE,
  });
  return [
    parks.parkItem({
      code: names.parks[side].slice('park_'.length),
      name: text('Park'),
      zoneId: names.zones[side],
      regionCode: '120116',
      openedOn: null,
      area: null,
      address: null,
      version: 1,
    }),
    parks.parkControlItem({
      parkId: names.parks[side],
      units: [
        {
          id: 'office',
          kind: 'PARK_OFFICE',
          name: text('Office'),
          reportsToId: null,
          contactPhone: add(`${side} park: duty phone`, phone, seenBy),
        },
      ],
      version: 1,
    }),
  ];
}

function enterpriseItems(side: Side, names: Names, rare: Rare, add: Add): readonly PrimaryKey[] {
  const id = names.enterprises[side];
  const seenBy = side === 'home' ? expected.HOME_ENTERPRISE : expected.AWAY_ENTERPRISE;
  const said = (what: string, value: string) => add(`${side} enterprise: ${what}`, value, seenBy);
  const stay = {
    parkId: names.parks[side],
    kind: 'OPERATING',
    from: '2020-01-01',
    to: null,
    registeredStaff: 1,
  } as const;
  const enterprise = enterpriseOf(1, {
    id,
    uscc: names.usccs[side],
    staffCount: Number(said('staff', rare.digits(9))),
    homeZoneId: names.zones[side],
    admissions:
      side === 'away'
        ? []
        : [
            {
              parkId: names.parks.away,
              zoneId: names.zones.away,
              state: 'RECORDED',
              from: '2020-01-01',
              terms: {
                kind: 'OPERATING',
                staffCount: Number(add('admission: staff', rare.digits(9), expected.ADMISSION)),
              },
            },
          ],
    ...(side === 'home' && {
      proposals: [
        {
          number: 1,
          proposedOn: '2026-02-01',
          stated: {
            kind: 'FACTS',
            facts: {
              name: text(said('proposed name', rare.words(8))),
              staffCount: Number(said('proposed staff', rare.digits(9))),
            },
          },
        },
      ],
      succession: {
        kind: 'ABSORPTION',
        successorIds: [names.enterprises.away],
        on: '2026-02-01',
        agreedIds: [id],
        confirmedZoneIds: [],
        zoneIds: [names.zones.home, names.zones.away],
        source: add('succession: source', rare.words(8), expected.ADMISSION),
      },
    }),
    residencies: [stay],
    supplyLinks: [
      {
        direction: 'UPSTREAM',
        partnerId: names.enterprises[side === 'home' ? 'away' : 'home'],
        goods: text(said('goods', rare.words(10))),
      },
    ],
  });
  const supportRequest = (requestId: string, what: string) =>
    enterprises.supportRequestItem({
      version: 1,
      id: requestId,
      enterpriseId: id,
      kind: 'HIRING',
      channel: 'ONLINE',
      status: 'OPEN',
      openedOn: '2026-02-01',
      need: {
        item: said(`support request, item ${what}`, rare.words(8)),
        quantity: Number(said(`support request, quantity ${what}`, rare.digits(9))),
        amount: said(`support request, amount ${what}`, rare.digits(11)),
        forWhom: said(`support request, for whom ${what}`, rare.words(8)),
        place: said(`support request, place ${what}`, rare.words(8)),
      },
      answer: text(said(`support request, answer ${what}`, rare.words(10))),
      visits: [{ on: '2026-02-02', channel: 'ON_SITE', outcome: text(said(`visit ${what}`, rare.words(10))) }],
    });
  said('support request', names.listedRequests[side].slice(-16));
  return [
    // Its events tell of whole staff numbers to nobody but the tallies.
    ...itemsOf(enterprise),
    enterprises.trackingItem({
      version: 1,
      enterpriseId: id,
      officer: said('tracking officer', rare.words(8)),
      since: '2026-01-01',
      earlier: [{ officer: said('earlier tracking officer', rare.words(8)), since: '2025-06-01', until: '2026-01-01' }],
    }),
    supportRequest(names.supportRequests[side], 'asked for'),
    supportRequest(names.listedRequests[side], 'listed'),
    enterprises.operationReportItem({
      version: 1,
      enterpriseId: id,
      on: '2020-03-01',
      parkId: names.parks[side],
      mode: 'ON_SITE',
      staffTotal: Number(said('staff of a day', rare.digits(9))),
      staffReturned: Number(said('staff returned', rare.digits(9))),
      registeredStaff: 1,
      reportedAt: '2020-03-01T00:00:00.000Z',
    }),
  ];
}

/** Inspections of the home enterprise's premises, each with a finding that is reported mended. */
function inspectionItems({ inspection, listedInspection, ...names }: Names, rare: Rare, add: Add): PrimaryKey[] {
  add('listed inspection', listedInspection.slice(-16), expected.HOME_ENTERPRISE);
  return [inspection, listedInspection].flatMap((id) => {
    const which = id === inspection ? 'inspection' : 'listed inspection';
    const said = (what: string) => add(`${which}: ${what}`, rare.words(8), expected.HOME_ENTERPRISE);
    const item = enterprises.inspectionItem({
      version: 2,
      id,
      parkId: names.parks.home,
      zoneId: names.zones.home,
      agency: 'PARK',
      facilityId: null,
      enterpriseId: names.enterprises.home,
      inspectedOn: '2026-02-01',
      findings: [
        {
          id: said('code'),
          text: text(said('finding')),
          severity: 'MAJOR',
          dueOn: '2026-02-10',
          state: 'REPORTED',
          proof: text(said('proof')),
        },
      ],
    });
    return [item, ...enterprises.inspectionEntries(item)];
  });
}

/** A correction of the home park's figures that was rejected. */
function proposalOf({ parks: { home }, enterprises: { home: enterpriseId } }: Names, rare: Rare, add: Add) {
  const said = (what: string, value: string) => add(`proposal: ${what}`, value, expected.PROPOSED_FIGURES);
  const figures = {
    residents: 1,
    staff: 1,
    staffReturned: 1,
    resumedOnSite: 1,
    resumedOnline: 1,
    reported: 1,
  };
  const report = {
    day: '2020-03-01',
    parkId: home,
    version: 2,
    mode: 'ON_SITE',
    staffTotal: 1,
    staffReturned: 1,
    registeredStaff: 1,
    before: null,
  } as const;
  return enterprises.figuresProposalItem({
    id: said('id', rare.words(26)),
    parkId: home,
    kind: 'CORRECTION',
    state: 'REJECTED',
    version: 2,
    reason: said('reason', rare.words(10)),
    decisionReason: said('reason of its rejection', rare.words(10)),
    proposedBy: 'somebody',
    proposedAt: '2020-04-01T00:00:00.000Z',
    expiresAt: '2020-04-15T00:00:00.000Z',
    decidedAt: '2020-04-02T00:00:00.000Z',
    asked: { parkId: home, reports: [], stays: [], recount: [] },
    changes: [{ enterpriseId, stays: null, reports: [report] }],
    days: [{ on: '2020-03-01', revision: 1, before: null, after: figures }],
  });
}

/** An offer of the home zone, with the interest of its enterprise. */
function offerItems({ offer: id, zones, enterprises: { home } }: Names, rare: Rare, add: Add) {
  const publisher = { enterpriseId: null, zoneId: zones.home };
  const title = text('Offer');
  const facts = { id, kind: 'OFFER', sector: 'OTHER', title, text: title, validTo: '2126-03-01' } as const;
  return [
    offers.offerItem({ ...facts, ...publisher, state: 'OPEN', version: 1 }),
    offers.interestItem({
      offerId: id,
      enterpriseId: home,
      publisher,
      message: text(add('offer: message', rare.words(10), expected.ANSWERED)),
      state: 'INTERESTED',
      version: 1,
    }),
  ];
}

/** A course of the home park, with the enrolment of its enterprise. */
function courseItems({ course: id, zones, parks: { home }, enterprises }: Names, rare: Rare, add: Add) {
  const said = (what: string) => Number(add(`course: ${what}`, rare.digits(9), expected.ANSWERED));
  const title = text('Course');
  const place = { parkId: home, zoneId: zones.home };
  return [
    courses.courseItem({
      ...place,
      id,
      title,
      channel: title,
      startsAt: '2126-03-01T00:00:00.000Z',
      capacity: 9,
      state: 'ANNOUNCED',
      version: 1,
    }),
    ...enrolmentEntries({ courseId: id, enterpriseId: enterprises.home, zoneIds: [zones.home] }),
    courses.enrolmentItem({
      courseId: id,
      enterpriseId: enterprises.home,
      parkId: home,
      staff: said('staff'),
      attended: said('attended'),
      zoneIds: [zones.home],
      version: 1,
    }),
  ];
}

/** A directive to the home park, with the answer of its enterprise. */
function directiveItems(
  { directive, zones, parks: { home }, enterprises: { home: enterpriseId } }: Names,
  rare: Rare,
  add: Add,
) {
  const answer = { directiveId: directive, directiveVersion: 1, parkId: home, zoneIds: [zones.home], version: 1 };
  const said = (what: string, value: string) => add(`directive: ${what}`, value, expected.ANSWERED);
  const facts = {
    id: directive,
    number: '1',
    issuer: { code: 'crawl-issuer', name: text('Issuer'), level: 'ZONE', zoneId: zones.home },
    audience: 'RESIDENTS',
    parks: [{ parkId: home, zoneId: zones.home }],
    enterpriseIds: [],
    title: text('Directive'),
    text: text('Directive'),
    measures: [],
    dueOn: null,
    state: 'IN_FORCE',
    issuedAt: '2026-03-01T00:00:00.000Z',
    version: 1,
  } as const;
  return [
    directives.directiveItem(facts),
    ...directives.directiveOfParkItems(facts),
    ...answerEntries({ ...answer, enterpriseId }),
    directives.directiveAnswerItem({
      ...answer,
      enterpriseId,
      state: 'COMPLIED',
      proof: text(said('proof', rare.words(10))),
      documentNumber: said('document number', rare.words(8)),
      documentSha256: said('document hash', rare.words(10)),
      reason: text(said('reason', rare.words(10))),
      at: '2026-03-02T00:00:00.000Z',
    }),
  ];
}

function linkageItems(names: Names, rare: Rare, add: Add): readonly PrimaryKey[] {
  const agreement: linkages.AgreementRecord = {
    id: names.agreement,
    version: 1,
    title: text('Agreement'),
    kind: 'BENEFIT_SHARING',
    status: 'SIGNED',
    terminatedOn: null,
    parties: [
      { zoneId: names.zones.home, role: 'ORIGIN', signedOn: '2019-01-01' },
      { zoneId: names.zones.away, role: 'DESTINATION', signedOn: '2019-01-01' },
    ],
    validFrom: '2019-01-01',
    validTo: null,
    signedOn: '2019-01-01',
    purposes: ['BENEFIT_SHARING'],
    shareTerms: [
      {
        base: 'TAX',
        shares: [
          { role: 'ORIGIN', basisPoints: Number(add('agreement: share', rare.digits(9), expected.AGREED_TERMS)) },
          { role: 'DESTINATION', basisPoints: 1 },
        ],
        cap: add('agreement: cap', rare.digits(14), expected.AGREED_TERMS),
        years: Number(add('agreement: years', rare.digits(9), expected.AGREED_TERMS)),
        extensionYears: Number(add('agreement: extension', rare.digits(9), expected.AGREED_TERMS)),
      },
    ],
  };
  add('relocation: id', names.listedRelocation.slice(-16), expected.RELOCATED);
  const registeredOn = add('relocation: day', rare.day(1900, 40), expected.RELOCATED, { part: WHOLE });
  const listNumber = add('relocation: number in the list', rare.digits(12), expected.RELOCATED);
  const zones = Object.values(names.zones);
  return [
    linkages.agreementItem(agreement),
    ...linkages.agreementPartyItems(agreement),
    ...zones.map((zone) => linkages.zoneLinksItem(zone, [names.group], zone === names.zones.third ? [] : [agreement])),
    ...SIDES.map((side) =>
      linkages.parkFactsItem({
        parkId: names.parks[side],
        zoneId: names.zones[side],
        regionCode: '120116',
        sourceVersion: 1,
      }),
    ),
    linkages.linkageGroupItem({
      code: names.group.slice('lgrp_'.length),
      name: text('Group'),
      zoneIds: zones,
    }),
    ...[names.relocation, names.listedRelocation].flatMap((id) => {
      const relocation: RelocationRecord = {
        id,
        enterpriseId: names.enterprises.home,
        fromZoneId: names.zones.away,
        toZoneId: names.zones.home,
        registeredOn,
        agreementId: names.agreement,
        ...{ version: 1, toParkId: null, confirmedOn: null, withdrawnOn: null },
        statements: [
          {
            ...{ zoneId: names.zones.home, statedOn: '2026-01-02', ledBy: 'GOVERNMENT', relieves: null },
            ...{ listNumber, remainingSiteIds: [], agreementId: null },
          },
        ],
      };
      return [relocationItem(relocation), ...zoneRelocationItems(relocation)];
    }),
    enterpriseRelocationsItem(names.enterprises.home, [names.relocation, names.listedRelocation]),
  ];
}
