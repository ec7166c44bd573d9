import {
  type EnterpriseRelation,
  enterpriseRelation,
  type ParkRelation,
  parkRelation,
  type RegisterRelation,
  registerRelation,
} from '../../domain/access/relation.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import { homeZoneOn, hostParksOn, partiesOf } from '../../domain/register/record.ts';
import type { EnterpriseItem } from '../../storage/enterprises/items.ts';
import type { Context } from './context.ts';

type Asking = Pick<Context, 'viewer' | 'store' | 'request'>;

/** Returns the viewer's relation to an enterprise today. */
export function relationToEnterprise(of: EnterpriseItem, { viewer, request }: Asking): EnterpriseRelation {
  const today = dayInShanghai(request.now);
  return enterpriseRelation(viewer, {
    id: of.id,
    homeZoneId: homeZoneOn(of, today),
    hostZoneIds: hostParksOn(of, today).map(({ zoneId }) => zoneId),
    isConfirmed: of.registration === 'CONFIRMED',
  });
}

/** Returns the viewer's relation to an enterprise by id; null if it doesn't exist, which only officers may learn. */
export async function relationToEnterpriseId(id: string, context: Asking): Promise<EnterpriseRelation | null> {
  const { viewer, store } = context;
  if (viewer.kind === 'clerk') return viewer.enterprise === id ? 'OWN' : 'NONE';
  if (viewer.kind !== 'officer') return 'NONE';
  const enterprise = await store.enterprises.byId.load(id);
  return enterprise && relationToEnterprise(enterprise, context);
}

/** Returns the viewer's relation to an enterprise's register entries. */
export function relationToRegister(of: EnterpriseItem, { viewer }: Pick<Asking, 'viewer'>): RegisterRelation {
  return registerRelation(viewer, { enterpriseId: of.id, zoneIds: partiesOf(of) });
}

/** Returns the parks whose days an officer of a host sees and reports; null for viewers without a limit to parks. */
export function hostedParks(of: EnterpriseItem, context: Asking): ReadonlySet<string> | null {
  const { viewer, request } = context;
  if (viewer.kind !== 'officer' || relationToEnterprise(of, context) !== 'HOST') return null;
  const admitted = hostParksOn(of, dayInShanghai(request.now));
  return new Set(admitted.filter(({ zoneId }) => zoneId === viewer.zone).map(({ parkId }) => parkId));
}

/** Returns the viewer's relation to a park. */
export async function relationToPark(id: string, { viewer, store }: Asking): Promise<ParkRelation> {
  const known = viewer.kind === 'officer' ? await store.knownParks.load(id) : null;
  return parkRelation(viewer, known?.zoneId ?? '', known?.acceptorZoneId);
}
