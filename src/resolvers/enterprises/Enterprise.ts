import { registerRelation } from '../../domain/access/relation.ts';
import { dayInShanghai } from '../../domain/day.ts';
import { homeZoneOn, zonesOfChallenge } from '../../domain/enterprises/record.ts';
import { dayRange } from '../../subgraph/day-range.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { Context } from './context.ts';
import type { EnterpriseResolvers } from './generated/types.ts';
import { hostedParks } from './relations.ts';

export const Enterprise: EnterpriseResolvers = {
  name: localizedField(({ name }) => name),
  homeZone: (of, _, { request }) => ({ id: homeZoneOn(of, dayInShanghai(request.now)) }),
  challenge: ({ id, homeZoneId, challenge }, _, context) =>
    isParty(context, id, [homeZoneId, ...zonesOfChallenge(challenge)]) ? challenge : null,
  admissions: ({ id, homeZoneId, admissions }, _, context) =>
    admissions.filter(({ zoneId }) => isParty(context, id, [homeZoneId, zoneId])),
  move: ({ id, move }, _, context) => (move && isParty(context, id, [move.fromZoneId, move.toZoneId]) ? move : null),
  registerEvents: ({ id, homeZoneId }, page, context) =>
    context.store.register.eventsOf(id, page, ({ zoneIds }) => isParty(context, id, [homeZoneId, ...zoneIds])),
  supplyLinks: ({ supplyLinks }, { direction }) =>
    direction ? supplyLinks.filter((link) => link.direction === direction) : supplyLinks,
  operationReports: async (of, given, context) => {
    const { from, to } = dayRange(given);
    const reports = await context.store.reports.ofEnterprise(of.id, from, to);
    const parks = hostedParks(of, context);
    return parks === null ? reports : reports.filter(({ parkId }) => parks.has(parkId));
  },
  tracking: ({ id }, _, { store }) => store.support.trackingOf.load(id),
  supportRequests: ({ id }, page, { store }) => store.support.listOfEnterprise(id, page),
};

/** Tells whether an entry of the register is shown: one of several that an enterprise has, each with its own zones. */
function isParty({ viewer }: Context, enterpriseId: string, zoneIds: readonly string[]): boolean {
  return registerRelation(viewer, { enterpriseId, zoneIds }) !== 'NONE';
}
