import { parkRelation } from '../../domain/access/relation.ts';
import { idInPark, isIdOf, placeOfId } from '../../domain/ids.ts';
import { maskPhone } from '../../domain/people/masking.ts';
import { CONTROL_LEVELS } from '../../domain/places/control-units.ts';
import type { ParkItem } from '../../storage/parks/items.ts';
import { dayRange } from '../../subgraph/arguments.ts';
import { localizedField } from '../../subgraph/context.ts';
import { formAt } from '../../subgraph/guards.ts';
import type { Context } from './context.ts';
import type { ControlUnitResolvers, FacilityResolvers, ParkResolvers, ZoneResolvers } from './generated/types.ts';
import type { FacilityOfPark, UnitOfPark } from './parents.ts';
import { postsOfUnits } from './posts.ts';

export const Zone: ZoneResolvers = {
  name: localizedField(({ name }) => name),
  parent: ({ parentId }, _, { store }) => (parentId === null ? null : store.zones.byId.load(parentId)),
  parks: ({ id }, page, { store }) => store.parks.listOfZone(id, 'Zone.parks', page),
};

export const Park: ParkResolvers = {
  name: localizedField(({ name }) => name),
  address: localizedField(({ address }) => address),
  zone: ({ zoneId }, _, { store }) => store.zones.byId.load(zoneId),
  facilities: async ({ id }, _, { store }) => facilitiesOfPark(id, store),
  facilitiesVersion: async ({ id }, _, { store }) => (await store.parks.facilitiesOf.load(id))?.version ?? null,
  controlUnits: (park, _, { store }) => unitsOfPark(park, store),
  posts: async (park, { onDutyAt }, { store }) =>
    postsOfUnits(await unitsOfPark(park, store), onDutyAt == null ? null : new Date(onDutyAt), store),
  controlVersion: async ({ id }, _, { store }) => (await store.parks.controlOf.load(id))?.version ?? null,
  observationsProposal: async ({ id, zoneId }, _, { store }) => {
    const proposal = await store.figures.proposalOf.load(id);
    return proposal && { proposal, zoneId };
  },
  observations: async ({ id }, given, { store }) => {
    const observations = await store.figures.observations({
      geographyId: id,
      indicatorId: given.indicator ?? null,
      unit: given.period ?? null,
      within: dayRange(given),
    });
    return observations.map((observation) => ({ observation, figure: observation.figure }));
  },
};

async function facilitiesOfPark(parkId: string, store: Context['store']): Promise<FacilityOfPark[]> {
  const list = await store.parks.facilitiesOf.load(parkId);
  return (list?.facilities ?? []).map((facility) => ({ facility, parkId }));
}

async function unitsOfPark({ id: parkId, zoneId }: Pick<ParkItem, 'id' | 'zoneId'>, store: Context['store']) {
  const units = (await store.parks.controlOf.load(parkId))?.units ?? [];
  return units.map((unit): UnitOfPark => ({ unit, units, parkId, zoneId }));
}

/** Returns the facility of an id; null where its park has none. */
export async function facilityById(id: string, { store }: Context): Promise<FacilityOfPark | null> {
  if (!isIdOf('fac', id)) return null;
  const { parkId, code } = placeOfId(id);
  return (await facilitiesOfPark(parkId, store)).find(({ facility }) => facility.id === code) ?? null;
}

/** Returns the control unit of an id; null where its park has none. */
export async function unitById(id: string, { store }: Context): Promise<UnitOfPark | null> {
  if (!isIdOf('unit', id)) return null;
  const { parkId, code } = placeOfId(id);
  const park = await store.parks.byId.load(parkId);
  return (park && (await unitsOfPark(park, store)).find(({ unit }) => unit.id === code)) ?? null;
}

export const ControlUnit: ControlUnitResolvers = {
  id: ({ unit, parkId }) => idInPark('unit', parkId, unit.id),
  code: ({ unit }) => unit.id,
  kind: ({ unit }) => unit.kind,
  level: ({ unit }) => CONTROL_LEVELS[unit.kind],
  joint: ({ unit }) => CONTROL_LEVELS[unit.kind] === null,
  name: localizedField(({ unit }) => unit.name),
  postsVersion: async ({ unit, parkId }, _, { store }) =>
    (await store.parks.postsOf.load(idInPark('unit', parkId, unit.id)))?.version ?? null,
  reportsTo: ({ unit, ...park }) => {
    const above = park.units.find(({ id }) => id === unit.reportsToId);
    return above ? { unit: above, ...park } : null;
  },
  enterprise: ({ unit }) => (unit.enterpriseId === undefined ? null : { id: unit.enterpriseId }),
  contactPhone: ({ unit, zoneId }, _, context) => {
    const isShown = formAt(context, 'ControlUnit.contactPhone', parkRelation(context.viewer, zoneId)) === 'FULL';
    return unit.contactPhone === null || isShown ? unit.contactPhone : maskPhone(unit.contactPhone);
  },
};

export const Facility: FacilityResolvers = {
  id: ({ facility, parkId }) => idInPark('fac', parkId, facility.id),
  code: ({ facility }) => facility.id,
  kind: ({ facility }) => facility.kind,
  name: localizedField(({ facility }) => facility.name),
  capacity: ({ facility }) => facility.capacity,
  reserved: ({ facility }) => facility.reserved ?? 0,
  free: ({ facility }) => facility.free,
  countedOn: ({ facility }) => facility.countedOn,
};
