import { parkRelation } from '../../domain/access/relation.ts';
import { maskPhone } from '../../domain/people/masking.ts';
import type { ControlUnitKind } from '../../storage/parks/items.ts';
import { dayRange } from '../../subgraph/day-range.ts';
import { formAt } from '../../subgraph/guard.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { ControlUnitResolvers, FacilityResolvers, ParkResolvers, ZoneResolvers } from './generated/types.ts';
import type { UnitOfPark } from './parents.ts';

export const Zone: ZoneResolvers = {
  name: localizedField(({ name }) => name),
  parent: ({ parentId }, _, { store }) => (parentId === null ? null : store.zones.byId.load(parentId)),
  parks: ({ id }, page, { store }) => store.parks.listOfZone(id, 'Zone.parks', page),
};

export const Park: ParkResolvers = {
  name: localizedField(({ name }) => name),
  address: localizedField(({ address }) => address),
  zone: ({ zoneId }, _, { store }) => store.zones.byId.load(zoneId),
  facilities: async ({ id }, _, { store }) => (await store.parks.facilitiesOf.load(id))?.facilities ?? [],
  controlUnits: async ({ id, zoneId }, _, { store }) => {
    const units = (await store.parks.controlOf.load(id))?.units ?? [];
    return units.map((unit): UnitOfPark => ({ unit, units, zoneId }));
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

/** The three levels of control; a joint unit has none. */
const LEVELS = {
  PARK_OFFICE: 1,
  PROPERTY_OWNER: 2,
  PROPERTY_MANAGER: 3,
  SUBDISTRICT: null,
  POLICE_STATION: null,
} as const satisfies Record<ControlUnitKind, number | null>;

export const ControlUnit: ControlUnitResolvers = {
  id: ({ unit }) => unit.id,
  kind: ({ unit }) => unit.kind,
  level: ({ unit }) => LEVELS[unit.kind],
  joint: ({ unit }) => LEVELS[unit.kind] === null,
  name: localizedField(({ unit }) => unit.name),
  reportsTo: ({ unit, units, zoneId }) => {
    const above = units.find(({ id }) => id === unit.reportsToId);
    return above ? { unit: above, units, zoneId } : null;
  },
  contactPhone: ({ unit, zoneId }, _, context) => {
    const isShown = formAt(context, 'ControlUnit.contactPhone', parkRelation(context.viewer, zoneId)) === 'FULL';
    return unit.contactPhone === null || isShown ? unit.contactPhone : maskPhone(unit.contactPhone);
  },
};

export const Facility: FacilityResolvers = {
  name: localizedField(({ name }) => name),
};
