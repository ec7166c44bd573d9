import {
  type EnterpriseRelation,
  enterpriseRelation,
  type ParkRelation,
  parkRelation,
} from '../../domain/access/relation.ts';
import { dayInShanghai, isWithin } from '../../domain/day.ts';
import type { EnterpriseItem } from '../../storage/enterprises/items.ts';
import type { Context } from './context.ts';

type Asking = Pick<Context, 'viewer' | 'store' | 'request'>;

/** How the viewer stands to an enterprise: for officers by the zones of the parks where it resides today, one BatchGet for many. */
export function relationToEnterprise(
  { id, residencies }: Pick<EnterpriseItem, 'id' | 'residencies'>,
  { viewer, store, request }: Asking,
): EnterpriseRelation | Promise<EnterpriseRelation> {
  if (viewer.kind !== 'officer') return enterpriseRelation(viewer, { id, zoneIds: [] });
  const today = dayInShanghai(request.now);
  const parkIds = residencies.filter((stay) => isWithin(today, stay)).map(({ parkId }) => parkId);
  return store.knownParks.loadMany(parkIds).then((parks) => {
    const zoneIds = parks.flatMap((park) => (park ? [park.zoneId] : []));
    return enterpriseRelation(viewer, { id, zoneIds });
  });
}

/** The same of an enterprise's id; null where there is no such enterprise, which only officers' relation needs to know. */
export async function relationToEnterpriseId(id: string, context: Asking): Promise<EnterpriseRelation | null> {
  const { viewer, store } = context;
  if (viewer.kind !== 'officer') return enterpriseRelation(viewer, { id, zoneIds: [] });
  const enterprise = await store.enterprises.byId.load(id);
  return enterprise && relationToEnterprise(enterprise, context);
}

/** How the viewer stands to a park. */
export async function relationToPark(id: string, { viewer, store }: Asking): Promise<ParkRelation> {
  return parkRelation(viewer, viewer.kind === 'officer' ? ((await store.knownParks.load(id))?.zoneId ?? '') : '');
}
