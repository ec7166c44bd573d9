import { parkRelation } from '../../domain/access/relation.ts';
import { maskPhone } from '../../domain/people/masking.ts';
import { CONTROL_LEVELS } from '../../domain/places/control-units.ts';
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
  facilitiesVersion: async ({ id }, _, { store }) => (await store.parks.facilitiesOf.load(id))?.version ?? null,
  controlUnits: async ({ id, zoneId }, _, { store }) => {
    const units = (await store.parks.controlOf.load(id))?.units ?? [];
    return units.map((unit): UnitOfPark => ({ unit, units, zoneId }));
  },
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

export const ControlUnit: ControlUnitResolvers = {
  id: ({ unit }) => unit.id,
  kind: ({ unit }) => unit.kind,
  level: ({ unit }) => CONTROL_LEVELS[unit.kind],
  joint: ({ unit }) => CONTROL_LEVELS[unit.kind] === null,
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
