import { registerRelation } from '../../domain/access/relation.ts';
import { dayInShanghai, isWithin } from '../../domain/calendar/day.ts';
import { homeZoneOn, zonesOfChallenge } from '../../domain/register/record.ts';
import type { EnterpriseItem } from '../../storage/enterprises/items.ts';
import { listedCount } from '../../storage/enterprises/published-figures/counting.ts';
import { partFor } from '../../storage/enterprises/zone-entries.ts';
import { dayRange } from '../../subgraph/arguments.ts';
import { connectionResolvers } from '../../subgraph/connection.ts';
import { localizedField } from '../../subgraph/context.ts';
import type { Context } from './context.ts';
import type {
  EnterpriseConnectionResolvers,
  EnterpriseResolvers,
  FilledGapResolvers,
  PolicyNoticeResolvers,
  ProjectResolvers,
  QualificationResolvers,
  ResidencyResolvers,
  SiteResolvers,
  SupplyLinkResolvers,
} from './generated/types.ts';
import { present } from './present.ts';
import { hostedParks } from './relations.ts';

export const Enterprise: EnterpriseResolvers = {
  name: localizedField(({ name }) => name),
  homeZone: (of, _, context) => ({ id: homeOf(of, context) }),
  challenge: ({ id, homeZoneId, challenge }, _, context) =>
    isParty(context, id, [homeZoneId, ...zonesOfChallenge(challenge)]) ? challenge : null,
  admissions: (of, _, context) =>
    of.admissions.filter(({ zoneId }) => isParty(context, of.id, [homeOf(of, context), zoneId])),
  move: ({ id, move }, _, context) => (move && isParty(context, id, [move.fromZoneId, move.toZoneId]) ? move : null),
  succession: ({ id, homeZoneId, succession }, _, context) =>
    succession && isParty(context, id, [homeZoneId, ...succession.zoneIds]) ? succession : null,
  successors: ({ successors }) => successors ?? [],
  predecessors: ({ predecessors }) => predecessors ?? [],
  registerEvents: (of, page, context) =>
    context.store.register.eventsOf(of.id, page, ({ zoneIds }) =>
      isParty(context, of.id, [homeOf(of, context), ...zoneIds]),
    ),
  earlierResidencies: (of, page, { store }) => store.history.settledStaysOf(of, page),
  qualifications: ({ qualifications }, { on }) =>
    on == null
      ? qualifications
      : qualifications.filter(({ validFrom, validTo }) => isWithin(on, { from: validFrom, to: validTo })),
  proposals: ({ proposals }) => proposals ?? [],
  supplyLinks: ({ supplyLinks }, { direction }) =>
    direction ? supplyLinks.filter((link) => link.direction === direction) : supplyLinks,
  filledGaps: ({ sites }) => sites.flatMap(({ fills, ...site }) => (fills ? [{ ...site, fills }] : [])),
  operationReports: async (of, given, context) => {
    const { from, to } = dayRange(given);
    const reports = await context.store.reports.ofEnterprise(of.id, from, to);
    const parks = hostedParks(of, context);
    return parks === null ? reports : reports.filter(({ parkId }) => parks.has(parkId));
  },
  tracking: ({ id }, _, { store }) => store.support.trackingOf.load(id),
  // Officers ask the park: an enterprise's own list goes over the parks of several zones.
  inspections: ({ id }, page, { viewer, store }) =>
    viewer.kind === 'clerk' ? store.inspections.listOfEnterprise(id, page) : null,
  supportRequests: ({ id }, page, { store }) => store.support.listOfEnterprise(id, page),
  policyNotices: async ({ id, residencies }, page, { store, request }) => {
    const today = dayInShanghai(request.now);
    const parkIds = residencies.filter((stay) => isWithin(today, stay)).map(({ parkId }) => parkId);
    const parks = await store.knownParks.loadMany([...new Set(parkIds)]);
    const zoneIds = new Set(parks.flatMap((park) => park?.zoneId ?? []));
    return store.policyNotices.listOfEnterprise(id, [...zoneIds], page);
  },
  // Officers ask the offer: a list without the interest in others' offers would tell by its pages that there is some.
  offerInterests: ({ id }, page, { store, viewer }) =>
    viewer.kind === 'clerk' || viewer.kind === 'admin' ? store.offers.interestsOf(id, page) : null,
  enrolments: ({ id }, page, { store, viewer }) => store.courses.enrolmentsOf(id, partFor(viewer, id), page),
  directiveAnswers: ({ id }, page, { store, viewer }) =>
    store.directives.answersOfEnterprise(id, partFor(viewer, id), page),
};

/** Returns the home zone of today, including a move by silence that is not stored yet. */
function homeOf(of: EnterpriseItem, { request }: Context): string {
  return homeZoneOn(of, dayInShanghai(request.now));
}

/**
 * Tells whether a register entry is shown to the viewer. An enterprise has several entries, each with its own zones.
 */
function isParty({ viewer }: Context, enterpriseId: string, zoneIds: readonly string[]): boolean {
  return registerRelation(viewer, { enterpriseId, zoneIds }) !== 'NONE';
}

export const EnterpriseConnection: EnterpriseConnectionResolvers = {
  ...connectionResolvers,
  totalCount: async ({ counted }, _, { store }) =>
    counted && listedCount(await store.parkFigures.ofPark.load(counted.parkId), counted.of),
};

export const Residency: ResidencyResolvers = {
  park: ({ parkId }) => ({ id: parkId }),
};

export const Site: SiteResolvers = {
  name: localizedField(({ name }) => name),
};

export const FilledGap: FilledGapResolvers = {
  park: ({ fills }) => ({ id: fills.parkId }),
  sector: ({ fills }) => fills.sector,
  goodsCode: ({ fills }) => fills.goodsCode,
  site: (site) => site,
};

export const Qualification: QualificationResolvers = {
  issuer: localizedField(({ issuer }) => issuer ?? null),
  zone: ({ zoneId }) => (zoneId === undefined ? null : { id: zoneId }),
};

export const SupplyLink: SupplyLinkResolvers = {
  partner: async ({ partnerId }, _, { store }) =>
    partnerId === null ? null : present(await store.enterprises.byId.load(partnerId), partnerId),
  goods: localizedField(({ goods }) => goods),
};

export const Project: ProjectResolvers = {
  name: localizedField(({ name }) => name),
  originZone: ({ originZoneId }) => (originZoneId === null ? null : { id: originZoneId }),
  enterprise: ({ enterpriseId }, _, { store }) =>
    enterpriseId === null ? null : store.enterprises.byId.load(enterpriseId),
  office: localizedField(({ office }) => office ?? null),
  nextStep: localizedField(({ nextStep }) => nextStep ?? null),
  lostReason: localizedField(({ lostReason }) => lostReason ?? null),
};

export const PolicyNotice: PolicyNoticeResolvers = {
  policy: ({ policyId }) => ({ id: policyId }),
};
