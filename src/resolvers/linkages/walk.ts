import { agreementHolds } from '../../domain/coverage.ts';
import type { LinkagesStore } from '../../storage/linkages/store.ts';
import type { ReachedZone } from './parents.ts';

/**
 * The zones that are reached from one over agreements signed and in force on a day, nearest first and by id among equals:
 * breadth first, one BatchGet a step.
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
