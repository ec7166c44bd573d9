import { dayRange } from '../../subgraph/day-range.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { ParkResolvers } from './generated/types.ts';
import type { UnitOfPark } from './parents.ts';

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
