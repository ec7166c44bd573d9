import { linkageEdges } from '../../domain/linkages/agreement.ts';
import { agreementHolds } from '../../domain/linkages/coverage.ts';
import type { LinkagesStore } from '../../storage/linkages/store.ts';
import type { LinkageGraphResolvers, LinkageNodeResolvers, LinkedZoneResolvers } from './generated/types.ts';
import type { GraphOfGroup, ReachedZone } from './parents.ts';

export const LinkageGraph: LinkageGraphResolvers = {
  nodes: ({ group, agreements }) => {
    const linked = agreements.flatMap(({ parties }) => parties.map(({ zoneId }) => zoneId)).sort();
    return [...new Set([...group.zoneIds, ...linked])].map((zoneId) => ({
      zoneId,
      member: group.zoneIds.includes(zoneId),
    }));
  },
  edges: ({ agreements }) =>
    agreements.flatMap((agreement) => linkageEdges(agreement.parties).map((edge) => ({ ...edge, agreement }))),
};

export const LinkageNode: LinkageNodeResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};

export const LinkedZone: LinkedZoneResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};

/** Maximum agreements in one graph. */
export const MAX_AGREEMENTS = 500;

/**
 * Returns a group with the newest agreements of its zones, in three BatchGets: the group, its zones and the agreements.
 */
export async function graphOf(store: LinkagesStore, groupId: string): Promise<GraphOfGroup | null> {
  const group = await store.zoneLinks.groupById.load(groupId);
  if (!group) return null;
  const zones = await store.zoneLinks.ofZone.loadMany(group.zoneIds);
  const links = new Map(zones.flatMap((zone) => Object.entries(zone?.links ?? {})));
  const newest = [...links]
    .filter(([, { status }]) => status !== 'PROPOSED')
    .sort(([idA, a], [idB, b]) => (`${a.from}#${idA}` < `${b.from}#${idB}` ? 1 : -1))
    .slice(0, MAX_AGREEMENTS);
  const agreements = await store.agreements.byId.loadMany(newest.map(([id]) => id));
  return { group, agreements: agreements.filter((agreement) => agreement !== null) };
}

/**
 * Returns the zones reachable over agreements that are signed and in force on a day. Nearest first, equals by id: a
 * breadth-first search with one BatchGet per step.
 */
export async function walkFrom(
  store: LinkagesStore,
  start: string,
  within: number,
  day: string,
): Promise<readonly ReachedZone[]> {
  const seen = new Set([start]);
  const reached: ReachedZone[] = [];
  let frontier = [start];
  for (let steps = 1; steps <= within && frontier.length > 0; steps++) {
    const links = await store.zoneLinks.ofZone.loadMany(frontier);
    const next = links
      .flatMap((zone) => Object.values(zone?.links ?? {}))
      .filter((link) => agreementHolds(link, day))
      .flatMap(({ zoneIds }) => zoneIds)
      .filter((zoneId) => !seen.has(zoneId));
    frontier = [...new Set(next)].sort();
    for (const zoneId of frontier) {
      seen.add(zoneId);
      reached.push({ zoneId, steps });
    }
  }
  return reached;
}
