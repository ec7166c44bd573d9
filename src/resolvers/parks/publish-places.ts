import { decidePark, type StatedPark } from '../../domain/places/park.ts';
import { decideZone, type StatedZone } from '../../domain/places/zone.ts';
import { localizedText } from '../../subgraph/context.ts';
import type { MutationResolvers, PublishParkInput, PublishZoneInput } from './generated/types.ts';
import { publishRecord } from './publish-record.ts';

export const publishZone: NonNullable<MutationResolvers['publishZone']> = async (_, { input }, context) => {
  const stated = statedZone(input);
  const { record, userErrors } = await publishRecord('publishZone', input, context, {
    records: context.store.records.zones,
    load: (records, call) =>
      records.load(call, `zone_${stated.code}`, stated.parentId === null ? [] : [stated.parentId]),
    decide: ({ before, known }) =>
      decideZone(stated, before, stated.parentId === null || known.has(stated.parentId), context.viewer),
  });
  return { zone: record, userErrors };
};

export const publishPark: NonNullable<MutationResolvers['publishPark']> = async (_, { input }, context) => {
  const stated = statedPark(input);
  const { record, userErrors } = await publishRecord('publishPark', input, context, {
    records: context.store.records.parks,
    load: (records, call) => records.load(call, `park_${stated.code}`, [stated.zoneId]),
    decide: ({ before, known }) => decidePark(stated, before, known.has(stated.zoneId), context.viewer),
  });
  return { park: record, userErrors };
};

/** Returns a zone as an input states it. */
export function statedZone({ idempotencyKey: _, version, name, parent, ...rest }: PublishZoneInput): StatedZone {
  return { ...rest, seen: version ?? null, name: localizedText(name), parentId: parent ?? null };
}

/** Returns a park as an input states it. */
export function statedPark(input: PublishParkInput): StatedPark {
  const { code, regionCode, zone, version, name, openedOn, area, address } = input;
  return {
    code,
    regionCode,
    seen: version ?? null,
    name: localizedText(name),
    zoneId: zone,
    openedOn: openedOn ?? null,
    area: area == null ? null : String(area),
    address: address ? localizedText(address) : null,
  };
}
