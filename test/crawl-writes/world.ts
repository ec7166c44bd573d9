import type { OfferBinding } from '../../src/domain/access/write-relation.ts';
import { CALENDAR } from '../../src/domain/calendar/calendar.ts';
import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import { handlerIn, waitedFor } from '../../src/domain/cases/file.ts';
import { type CaseEvent, foldCase } from '../../src/domain/cases/fold.ts';
import type { CaseState } from '../../src/domain/cases/state.ts';
import { makeId, ulidOfName } from '../../src/domain/ids.ts';
import { UNVERIFIED } from '../../src/domain/people/identity.ts';
import type { SupportRequest } from '../../src/domain/support/request.ts';
import { workOf } from '../../src/domain/work-list/work-item.ts';
import { randomOf } from '../../src/local/demo-data/random.ts';
import { logTo } from '../../src/local/demo-data/talent/case-log.ts';
import { courseItem, coursePlacesItem, enrolmentItem } from '../../src/storage/enterprises/courses/items.ts';
import { directiveItem } from '../../src/storage/enterprises/directives/items.ts';
import { knownParkItem, projectItem, supportRequestItem } from '../../src/storage/enterprises/make-items.ts';
import { interestItem, offerItem } from '../../src/storage/enterprises/offers/items.ts';
import { enrolmentEntries } from '../../src/storage/enterprises/zone-entries.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import * as talent from '../../src/storage/talent/items.ts';
import { caseAgreementsOf } from '../fixtures/case-agreements.ts';
import { PLAIN_APARTMENT, primarySchool, URGENT_HUKOU } from '../fixtures/case-types.ts';
import { itemsOf, residentAlone } from '../fixtures/enterprise.ts';
import {
  coverageItems,
  proposedItems,
  recognitionOf,
  relocationItems,
  signedItems,
  THIRD_ZONE,
  thirdParkItem,
  thirdZoneItem,
} from './agreements-world.ts';
import { SIDES, type Side } from './callers.ts';
import { bystandersOf, type EnterpriseName, enterprisesOf } from './enterprises-world.ts';
import { inspectionsOf, placesOf } from './places-world.ts';
import { INDICATOR, questionsOf, recordsOf } from './records-world.ts';
import { type RequestName, requestsOf } from './requests-world.ts';

/** A case that a mutation may be tried on. */
export interface WorldCase {
  readonly id: string;
  readonly receiptNumber: string;
  readonly version: number;
  readonly zone: string;
  readonly applicant: string;
  readonly handler: Agency | null;
}

const CASES = {
  draft: { state: 'DRAFT', type: 'plain' },
  employersDraft: { state: 'DRAFT', type: 'employers' },
  childsDraft: { state: 'DRAFT', type: 'childs' },
  submitted: { state: 'SUBMITTED', type: 'plain' },
  /** At the counter of its side. The other side's zone decides it. */
  received: { state: 'SUBMITTED', type: 'plain' },
  /** The other side's zone has accepted it, and so verified its documents. */
  verified: { state: 'ACCEPTED', type: 'plain' },
  /** Drafts: one that lacks its document, and one that uses the verification of the other side's zone. */
  bare: { state: 'DRAFT', type: 'plain' },
  using: { state: 'DRAFT', type: 'plain' },
  accepted: { state: 'ACCEPTED', type: 'plain' },
  inReview: { state: 'UNDER_REVIEW', type: 'plain', opinions: false },
  reviewed: { state: 'UNDER_REVIEW', type: 'plain', opinions: true },
  special: { state: 'SPECIAL_PROCEDURE', type: 'plain' },
  approved: { state: 'APPROVED', type: 'plain' },
  delivered: { state: 'DELIVERED', type: 'plain' },
  rejected: { state: 'REJECTED', type: 'plain' },
  notAccepted: { state: 'NOT_ACCEPTED', type: 'plain' },
  reconsidered: { state: 'RECONSIDERATION', type: 'plain' },
} as const satisfies Record<string, { state: CaseState; type: keyof typeof TYPES; opinions?: boolean }>;

export type CaseName = keyof typeof CASES;

/** The plain type asks PSB and is decided by HOUSING, in both zones. */
const TYPES = {
  plain: { ...PLAIN_APARTMENT, opinionsFrom: ['PSB', 'HOUSING'] },
  employers: { ...URGENT_HUKOU, opinionsFrom: ['PSB', 'HRSS'] },
  childs: primarySchool(null, '2030-09-01'),
} as const satisfies Record<string, CaseTypeFacts>;

export const CASE_TYPE = TYPES.plain;
export const DOCUMENT = 'employment-contract';

/** Everything twice: a zone, its park, an enterprise, an applicant and cases in every state that a mutation needs. */
export interface World {
  readonly zones: Readonly<Record<Side, string>>;
  readonly parks: Readonly<Record<Side, string>>;
  readonly enterprises: Readonly<Record<Side, string>>;
  readonly usccs: Readonly<Record<Side, string>>;
  /** Enterprises by their state in the register; `enterprises` are the settled ones. */
  readonly registered: Readonly<
    Record<Side, Readonly<Record<EnterpriseName, { readonly id: string; readonly version: number }>>>
  >;
  /** Support requests of the settled enterprises. */
  readonly requests: Readonly<Record<Side, Readonly<Record<RequestName, SupportRequest>>>>;
  /** A project in each park, in version 1. */
  readonly projects: Readonly<Record<Side, string>>;
  /** An offer of each zone and of its enterprise, each with the interest of the other side's enterprise. */
  readonly offers: Readonly<Record<Side, Readonly<Record<'zone' | 'enterprise', string>>>>;
  /** A course of each park that is to come, and one that has begun, each with an enrolment of 1. */
  readonly courses: Readonly<Record<Side, Readonly<Record<'next' | 'begun', string>>>>;
  /** A directive to the residents of each park, in version 1. */
  readonly directives: Readonly<Record<Side, string>>;
  /** Inspections of the settled enterprises, with a finding that is open or reported. */
  readonly inspections: Readonly<Record<Side, Readonly<Record<'open' | 'reported', string>>>>;
  /** Agreements with a third zone, in version 1: one that it has proposed, one that the side has, and a signed one. */
  readonly agreements: Readonly<
    Record<Side, { readonly asked: string; readonly proposed: string; readonly signed: string }>
  >;
  readonly cases: Readonly<Record<Side, Readonly<Record<CaseName, WorldCase>>>>;
  readonly items: Readonly<Record<'parks' | 'enterprises' | 'linkages' | 'talent', readonly PrimaryKey[]>>;
}

const COLLEAGUE = 'officer-colleague';
/** The officer of HOUSING with all roles, of the home zone. */
const REVEALER = 'officer-home-HOUSING-ALL';

export const applicantOf = (side: Side) => `applicant-${side}`;

export function makeWorld(now: Date): World {
  const bySide = <T>(make: (side: Side) => T) => ({ home: make('home'), away: make('away') });
  const zones = bySide((side) => makeId('zone', `writes-${side}`));
  const parkIds = bySide((side) => makeId('park', `writes-${side}`));
  const other = { home: 'away', away: 'home' } as const;
  const records = bySide((side) => {
    const away = other[side];
    const where = { homeZone: zones[side], homePark: parkIds[side], awayZone: zones[away], awayPark: parkIds[away] };
    return enterprisesOf(side === 'home' ? 1 : 51, { ...where, today: dayInShanghai(now) });
  });
  const enterprises = bySide((side) => records[side].settled.id);
  const inspections = bySide((side) => ({
    open: makeId('insp', ulidOfName(`writes ${side} open`, now.getTime())),
    reported: makeId('insp', ulidOfName(`writes ${side} reported`, now.getTime())),
  }));
  const projects = bySide((side) => makeId('proj', `writes-${side}`));
  const offers = bySide((side) => ({
    zone: makeId('offer', ulidOfName(`writes ${side} zone`, now.getTime())),
    enterprise: makeId('offer', ulidOfName(`writes ${side} enterprise`, now.getTime())),
  }));
  const courses = bySide((side) => ({
    next: makeId('course', ulidOfName(`writes ${side} next`, now.getTime())),
    begun: makeId('course', ulidOfName(`writes ${side} begun`, now.getTime())),
  }));
  const directives = bySide((side) => makeId('dir', ulidOfName(`writes ${side}`, now.getTime())));
  const agreements = bySide((side) => ({
    asked: `agr_writes-${side}-asked`,
    proposed: `agr_writes-${side}-proposed`,
    signed: `agr_writes-${side}-signed`,
  }));
  const requests = bySide((side) => requestsOf(enterprises[side], dayInShanghai(now)));
  const made = bySide((side) =>
    Object.entries(CASES).map(([name, what]) => {
      const place = { zoneId: zones[side], parkId: parkIds[side], enterpriseId: enterprises[side] };
      const counter = { zoneId: zones[side], duties: ['CHECK_FORM'] } as const;
      const elsewhere = { zoneId: zones[other[side]] };
      const received = name === 'received' ? { ...elsewhere, counter } : name === 'verified' ? elsewhere : {};
      const whose = { ...place, ...received, applicantId: applicantOf(side) };
      return [name, makeCase(`${side} ${name}`, what, whose, now)] as const;
    }),
  );
  const cases = bySide((side) =>
    Object.fromEntries(made[side].map(([name, { facts }]) => [name, facts])),
  ) as World['cases'];
  return {
    zones,
    parks: parkIds,
    enterprises,
    registered: bySide(
      (side) =>
        Object.fromEntries(
          Object.entries(records[side]).map(([name, { id, version }]) => [name, { id, version }]),
        ) as World['registered'][Side],
    ),
    usccs: bySide((side) => records[side].settled.uscc),
    requests,
    projects,
    offers,
    courses,
    directives,
    inspections,
    agreements,
    cases,
    items: {
      parks: [
        INDICATOR,
        ...questionsOf(zones),
        ...SIDES.flatMap((side) => recordsOf(side, zones[side], enterprises[side])),
      ],
      enterprises: SIDES.flatMap((side) => [
        knownParkItem(parkIds[side], zones[side]),
        ...Object.values(records[side]).flatMap(itemsOf),
        ...bystandersOf(side === 'home' ? 101 : 201, records[side].settled).flatMap(residentAlone),
        ...Object.values(requests[side]).map(supportRequestItem),
        ...(['zone', 'enterprise'] as const).flatMap((by) => {
          const enterpriseId = by === 'zone' ? null : enterprises[side];
          const publisher = { enterpriseId, zoneId: zones[side] };
          return offerOf(offers[side][by], publisher, enterprises[other[side]]);
        }),
        ...coursesOf(courses[side], enterprises[side], { parkId: parkIds[side], zoneId: zones[side] }, now),
        directiveOf(directives[side], side, zones[side], parkIds[side]),
        ...inspectionsOf(inspections[side], {
          zoneId: zones[side],
          parkId: parkIds[side],
          enterpriseId: enterprises[side],
        }),
        projectItem({
          id: projects[side],
          parkId: parkIds[side],
          version: 1,
          name: { zh: '项目', ja: '事業', en: 'Project' },
          stage: 'CONTACT',
          sector: 'OTHER',
          originZoneId: null,
          amount: null,
          enterpriseId: null,
        }),
      ]),
      linkages: [
        thirdZoneItem(),
        thirdParkItem(),
        ...SIDES.flatMap((side) => [
          ...proposedItems(agreements[side].asked, zones[side], THIRD_ZONE),
          ...proposedItems(agreements[side].proposed, zones[side], zones[side]),
          ...signedItems(agreements[side].signed, zones[side]),
          ...coverageItems(side, zones[side]),
          recognitionOf(side, zones[side]),
          ...relocationItems(side, zones[side], enterprises[side]),
        ]),
      ],
      talent: [
        ...Object.values(TYPES).flatMap((type) => [talent.caseTypeItem(type), talent.caseTypeVersionItem(type)]),
        ...caseAgreementsOf(...SIDES.map((side) => zones[side])),
        ...SIDES.flatMap((side) => made[side].flatMap(([, { items }]) => items)),
        ...SIDES.flatMap((side) => placesOf(side, zones[side], cases[side].approved.id, now)),
      ],
    },
  };
}

function offerOf(id: string, publisher: OfferBinding, interested: string) {
  const title = { zh: '合作', ja: '協力', en: 'Offer' };
  const facts = { id, kind: 'OFFER', sector: 'OTHER', title, text: title, validTo: '2199-01-01' } as const;
  return [
    offerItem({ ...facts, ...publisher, state: 'OPEN', version: 1 }),
    interestItem({
      offerId: id,
      enterpriseId: interested,
      publisher,
      message: title,
      state: 'INTERESTED',
      version: 1,
    }),
  ];
}

function coursesOf(
  ids: { readonly next: string; readonly begun: string },
  enterpriseId: string,
  place: { readonly parkId: string; readonly zoneId: string },
  now: Date,
) {
  const title = { zh: '课程', ja: '講座', en: 'Course' };
  return ([1, -1] as const).flatMap((days) => {
    const id = days > 0 ? ids.next : ids.begun;
    const startsAt = new Date(now.getTime() + days * 86_400_000).toISOString();
    const course = {
      ...place,
      id,
      title,
      channel: title,
      startsAt,
      capacity: 9,
      state: 'ANNOUNCED',
      version: 1,
    } as const;
    const enrolment = { courseId: id, enterpriseId, parkId: place.parkId, zoneIds: [place.zoneId] };
    return [
      courseItem(course),
      coursePlacesItem(course, 8),
      enrolmentItem({ ...enrolment, staff: 1, attended: null, version: 1 }),
      ...enrolmentEntries(enrolment),
    ];
  });
}

function directiveOf(id: string, side: Side, zoneId: string, parkId: string) {
  const text = { zh: '指令', ja: '指令', en: 'Directive' };
  return directiveItem({
    id,
    number: '1',
    issuer: { code: `writes-${side}`, name: text, level: 'ZONE', zoneId },
    audience: 'RESIDENTS',
    parks: [{ parkId, zoneId }],
    enterpriseIds: [],
    title: text,
    text,
    measures: [{ code: 'checks', text }],
    dueOn: null,
    state: 'IN_FORCE',
    issuedAt: '2020-03-01T00:00:00.000Z',
    version: 1,
  });
}

type Place = Pick<talent.CaseFacts, 'zoneId' | 'counter' | 'parkId' | 'enterpriseId' | 'applicantId'>;

function makeCase(
  name: string,
  { state, type, opinions }: { state: CaseState; type: keyof typeof TYPES; opinions?: boolean },
  place: Place,
  now: Date,
): { readonly facts: WorldCase; readonly items: readonly PrimaryKey[] } {
  const caseType: CaseTypeFacts = TYPES[type];
  const today = dayInShanghai(now);
  const logged = logOf(name, state, caseType, today, opinions);
  const events = logged.map((event) => (place.counter && event.kind === 'OPENED' ? { ...event, days: 5 } : event));
  const course = foldCase(events);
  const [first, last] = [events[0], events.at(-1)];
  if (!course || !first || !last) throw new Error(`${name} has no course`);
  const id = makeId('case', ulidOfName(`writes ${name}`, Date.parse(first.at)));
  const receiptNumber = `BHZ-W-${name.replaceAll(' ', '-').toUpperCase()}`;
  const handler = handlerIn(course.state, caseType);
  const decided = events.find(({ kind }) => kind === 'APPROVED' || kind === 'REJECTED');
  const facts: talent.CaseFacts = {
    ...place,
    id,
    receiptNumber,
    kind: caseType.kind,
    route: caseType.route,
    caseTypeId: caseType.id,
    caseTypeVersion: caseType.version,
    course,
    waitingOn: waitedFor(course, caseType),
    handler,
    opinionsFrom: caseType.opinionsFrom,
    limits: caseType.limits,
    applicant: { name: '张*', idNumber: '999***********1234', phone: '100****5678' },
    beneficiary: { relation: type === 'childs' ? 'CHILD' : 'SELF' },
    identity: UNVERIFIED,
    declared: { residenceZoneId: null, ownsDwelling: false },
    decision: decided ? { approved: decided.kind === 'APPROVED', decidedAt: decided.at, reasons: [] } : null,
    outcome: null,
    rating: null,
    policyId: null,
    openedAt: first.at,
    updatedAt: last.at,
  };
  // A colleague has taken the accepted one in hand, and the one under review the officer who may open it.
  const claimedBy = { accepted: COLLEAGUE, inReview: REVEALER }[name.split(' ')[1] ?? ''];
  const claim = claimedBy === undefined ? null : { by: claimedBy, at: last.at };
  const isReceived = type === 'plain';
  const isInReview = events.some(({ kind }) => kind === 'REVIEW_STARTED');
  return {
    facts: {
      id,
      receiptNumber,
      version: course.version,
      zone: place.zoneId,
      applicant: place.applicantId,
      handler,
    },
    items: [
      talent.caseItem(facts),
      talent.applicantCaseItem(facts),
      talent.receiptItem(receiptNumber, id),
      ...events.map((event) => talent.caseEventItem(id, event)),
      ...caseType.requiredDocuments.map(({ code, name: title }) =>
        talent.caseDocumentItem(id, { code, name: title, ...documentIn(name.split(' ')[1] ?? '', isReceived) }),
      ),
      ...(isInReview ? caseType.opinionsFrom : []).map((agency) => {
        const given = events.find((event) => event.kind === 'OPINION_GIVEN' && event.agency === agency);
        return talent.opinionItem(id, { agency, verdict: given ? 'AGREE' : null, givenAt: given?.at ?? null });
      }),
      ...(type === 'childs' ? [talent.caseChildItem(id, { age: 7, isUnderFourteen: true })] : []),
      ...workOf(facts, caseType, today, CALENDAR).map((work) => talent.workItem(work, claim)),
    ],
  };
}

/** What there is of a document of a case. */
function documentIn(name: string, isReceived: boolean): Omit<talent.CaseDocumentFacts, 'code' | 'name'> {
  const hash = 'ab'.repeat(32);
  const at = '2020-03-01T02:00:00.000Z';
  const verified = { zoneId: 'zone_writes-elsewhere', agency: 'PARK', verifiedAt: at, consentedAt: at } as const;
  if (name === 'using') {
    const verification = { ...verified, agreementId: 'agr_cases' };
    return { status: 'CHECKED', version: null, sha256: hash, verification };
  }
  if (name === 'verified') return { status: 'CHECKED', version: 1, sha256: hash };
  if (name === 'bare' || !isReceived) return { status: 'ASKED', version: null, sha256: null };
  return { status: 'RECEIVED', version: 1, sha256: hash };
}

/** The log of a case in a state; of one under review, with all opinions or none. */
function logOf(
  name: string,
  state: CaseState,
  caseType: CaseTypeFacts,
  today: string,
  opinions?: boolean,
): CaseEvent[] {
  // Another name is another random log: one of a few hundred has what is wanted.
  for (let i = 0; i < 500; i++) {
    const events = logTo(state, caseType, today, randomOf(`${name} ${i}`));
    const given = events.filter(({ kind }) => kind === 'OPINION_GIVEN').length;
    const isPlain = events.every(({ kind }) => kind !== 'SPECIAL_PROCEDURE_STARTED' && kind !== 'DEADLINE_EXTENDED');
    if (state !== 'UNDER_REVIEW' || (isPlain && given === (opinions ? caseType.opinionsFrom.length : 0))) {
      return events.filter(({ kind }) => kind !== 'RECONSIDERATION_TAKEN_UP');
    }
  }
  throw new Error(`no log leads to ${name}`);
}
