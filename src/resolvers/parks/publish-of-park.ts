import { decideControlUnits, type StatedControlUnits } from '../../domain/places/control-units.ts';
import { decideFacilities, type StatedFacilities } from '../../domain/places/facilities.ts';
import type { LoadedRecord } from '../../storage/parks/records.ts';
import { localizedText } from '../../subgraph/context.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, PublishControlUnitsInput, PublishFacilitiesInput } from './generated/types.ts';
import { publishRecord } from './publish-record.ts';

/** Publishes the facilities of a park: the whole list is one record. */
export const publishFacilities: NonNullable<MutationResolvers['publishFacilities']> = async (_, { input }, context) => {
  const stated = statedFacilities(input);
  const { viewer, request } = context;
  const { record, userErrors } = await publishRecord('publishFacilities', input, context, {
    records: context.store.records.facilities,
    load: (records, call) => records.load(call, stated.parkId, [stated.parkId]),
    decide: ({ before, known }) =>
      decideFacilities(stated, before, { zoneId: zoneOfPark(stated.parkId, known), viewer, now: request.now }),
  });
  return { park: await parkOf(record, context), userErrors };
};

/** Publishes the control units of a park: the whole list is one record. */
export const publishControlUnits: NonNullable<MutationResolvers['publishControlUnits']> = async (
  _,
  { input },
  context,
) => {
  const stated = statedUnits(input);
  const { record, userErrors } = await publishRecord('publishControlUnits', input, context, {
    records: context.store.records.controlUnits,
    load: (records, call) => records.load(call, stated.parkId, [stated.parkId]),
    decide: ({ before, known }) => decideControlUnits(stated, before, zoneOfPark(stated.parkId, known), context.viewer),
  });
  return { park: await parkOf(record, context), userErrors };
};

/** Returns the zone of a park among the loaded references; null where there is no such park. */
export function zoneOfPark(parkId: string, known: LoadedRecord<unknown>['known']): string | null {
  const park = known.get(parkId);
  return park?.type === 'Park' ? park.zoneId : null;
}

export async function parkOf(record: { readonly parkId: string } | null, { store }: Context) {
  return record && store.parks.byId.load(record.parkId);
}

/** Returns a list of facilities as an input states it. */
export function statedFacilities({ park, version, facilities }: PublishFacilitiesInput): StatedFacilities {
  return {
    parkId: park,
    seen: version ?? null,
    facilities: facilities.map(({ code, kind, name, capacity, reserved, free, countedOn }) => ({
      id: code,
      kind,
      name: localizedText(name),
      capacity,
      ...(reserved != null && { reserved }),
      free: free ?? null,
      countedOn: countedOn ?? null,
    })),
  };
}

/** Returns a list of control units as an input states it. */
export function statedUnits({ park, version, units }: PublishControlUnitsInput): StatedControlUnits {
  return {
    parkId: park,
    seen: version ?? null,
    units: units.map(({ code, kind, name, reportsTo, contactPhone, enterprise }) => ({
      id: code,
      kind,
      name: localizedText(name),
      reportsToId: reportsTo ?? null,
      contactPhone: contactPhone ?? null,
      ...(enterprise != null && { enterpriseId: enterprise }),
    })),
  };
}
