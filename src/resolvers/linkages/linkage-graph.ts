import { type AgreementKind, linkageEdges } from '../../domain/linkages/agreement.ts';
import { agreementHolds } from '../../domain/linkages/coverage.ts';
import type { AgreementItem } from '../../storage/linkages/items.ts';
import type { LinkagesStore } from '../../storage/linkages/store.ts';
import type { LinkageGraphResolvers, LinkageNodeResolvers, LinkedZoneResolvers } from './generated/types.ts';
import type { GraphOfGroup, ReachedZone } from './parents.ts';

export const LinkageGraph: LinkageGraphResolvers = {
  nodes: (graph) => {
    const linked = edgesOf(graph).flatMap(({ from, to }) => [from, to]);
    return [...new Set([...graph.group.zoneIds, ...linked.sort()])].map((zoneId) => ({
      zoneId,
      member: graph.group.zoneIds.includes(zoneId),
    }));
  },
  edges: edgesOf,
};

function edgesOf({ agreements, minWeight }: GraphOfGroup) {
  const edges = agreements.flatMap((agreement) =>
    linkageEdges(agreement.parties).map((edge) => ({ ...edge, agreement })),
  );
  const pairOf = ({ from, to }: { readonly from: string; readonly to: string }) => [from, to].sort().join(' ');
  const pairs = Map.groupBy(edges, pairOf);
  return edges
    .map((edge) => ({ ...edge, weight: pairs.get(pairOf(edge))?.length ?? 0 }))
    .filter(({ weight }) => weight >= minWeight);
}

function isSigned(agreement: AgreementItem | null): agreement is AgreementItem {
  return agreement !== null && agreement.signedOn !== null;
}

export const LinkageNode: LinkageNodeResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};

export const LinkedZone: LinkedZoneResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};

/** Maximum agreements in one graph. */
export const MAX_AGREEMENTS = 500;

/** The agreements that a graph shows. */
interface Shown {
  /** Null for all kinds. */
  readonly kind: AgreementKind | null;
  /** Null for agreements of all days. */
  readonly on: string | null;
  /** The lowest number of agreements between two zones. */
  readonly minWeight: number;
}

/**
 * Returns a group with the newest agreements of its zones, in three BatchGets: the group, its zones and the agreements.
 */
export async function graphOf(
  store: LinkagesStore,
  groupId: string,
  { kind, on, minWeight }: Shown,
): Promise<GraphOfGroup | null> {
  const group = await store.zoneLinks.groupById.load(groupId);
  if (!group) return null;
  const zones = await store.zoneLinks.ofZone.loadMany(group.zoneIds);
  const links = new Map(zones.flatMap((zone) => Object.entries(zone?.links ?? {})));
  const newest = [...links]
    .filter(([, link]) => (kind === null || link.kind === kind) && (on === null || agreementHolds(link, on)))
    .sort(([idA, a], [idB, b]) => (`${a.from}#${idA}` < `${b.from}#${idB}` ? 1 : -1))
    .slice(0, MAX_AGREEMENTS);
  const agreements = await store.agreements.byId.loadMany(newest.map(([id]) => id));
  return { group, agreements: agreements.filter(isSigned), minWeight };
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
