import type { LinkagesStore } from '../../storage/linkages/store.ts';
import type { GraphOfGroup } from './parents.ts';

/** As many agreements one graph shows at most. */
export const MOST_AGREEMENTS = 500;

/** A group with the newest agreements of its zones: three BatchGets, for the group, its zones and the agreements. */
export async function graphOf(store: LinkagesStore, groupId: string): Promise<GraphOfGroup | null> {
  const group = await store.zoneLinks.groupById.load(groupId);
  if (!group) return null;
  const zones = await store.zoneLinks.ofZone.loadMany(group.zoneIds);
  const links = new Map(zones.flatMap((zone) => Object.entries(zone?.links ?? {})));
  const newest = [...links]
    .sort(([idA, a], [idB, b]) => (`${a.from}#${idA}` < `${b.from}#${idB}` ? 1 : -1))
    .slice(0, MOST_AGREEMENTS);
  const agreements = await store.agreements.byId.loadMany(newest.map(([id]) => id));
  return { group, agreements: agreements.filter((agreement) => agreement !== null) };
}
