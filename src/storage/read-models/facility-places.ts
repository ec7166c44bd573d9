import { and, attributeIs, isNew } from '../dynamodb/condition.ts';
import { scanPages } from '../dynamodb/read.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { put } from '../dynamodb/write.ts';
import type { ParkFacilitiesItem } from '../parks/items.ts';
import { placesOfList } from '../talent/places/copy-facilities.ts';
import { type CasePlaceItem, type FacilityPlacesItem, facilityPlacesItem } from '../talent/places/items.ts';
import { CHANGED, comparable } from './derived-items.ts';
import type { OpenTables, ReadModel, ReadModelDifference } from './read-model.ts';

/** Each facility's published capacity, and how many of its places cases have. */
export const facilityPlaces: ReadModel = {
  name: 'facility-places',
  title: 'places of facilities that cases take',
  async compare(open) {
    return reportOf(await placesNow(open));
  },
  async rebuild(open) {
    const found = await placesNow(open);
    await transactGroups<typeof CHANGED>(
      open('talent'),
      found.different.map(({ stored, wanted }) => [
        // A decision beside the rebuild has counted itself: its facility is put right by the next run.
        put<typeof CHANGED>(wanted, { when: isAsRead(stored), otherwise: CHANGED }),
      ]),
    );
    return reportOf(found);
  },
};

interface Difference {
  readonly stored: FacilityPlacesItem | undefined;
  readonly wanted: FacilityPlacesItem;
}

interface Found {
  readonly items: number;
  readonly different: readonly Difference[];
}

/** Reads the counters before what they count, so that a change meanwhile makes a repair fail. */
async function placesNow(open: OpenTables): Promise<Found> {
  const stored = new Map<string, FacilityPlacesItem>();
  for await (const page of scanPages<FacilityPlacesItem>(open('talent'), ['FacilityPlaces'])) {
    for (const item of page) stored.set(item.facilityId, item);
  }
  const taken = new Map<string, number>();
  for await (const page of scanPages<CasePlaceItem>(open('talent'), ['CasePlace'])) {
    for (const { facilityId, endedAt } of page) {
      if (endedAt === null) taken.set(facilityId, (taken.get(facilityId) ?? 0) + 1);
    }
  }
  const published = new Map<string, ReturnType<typeof placesOfList>[number]>();
  for await (const page of scanPages<ParkFacilitiesItem>(open('parks'), ['ParkFacilities'])) {
    for (const list of page) for (const places of placesOfList(list)) published.set(places.facilityId, places);
  }
  const ids = new Set([...stored.keys(), ...published.keys()]);
  const different = [...ids].flatMap((id): Difference[] => {
    const before = stored.get(id);
    const facts = published.get(id) ?? (before && { ...before, capacity: 0 });
    if (!facts) return [];
    const wanted = facilityPlacesItem({ ...facts, taken: taken.get(id) ?? 0, changes: before?.changes ?? 0 });
    return comparable(before) === comparable(wanted) ? [] : [{ stored: before, wanted }];
  });
  return { items: ids.size, different };
}

function reportOf({ items, different }: Found) {
  const differences = different.map(
    ({ stored, wanted: { pk, sk } }): ReadModelDifference => ({ pk, sk, fault: stored ? 'DIFFERENT' : 'MISSING' }),
  );
  return { items, differences };
}

function isAsRead(stored: FacilityPlacesItem | undefined) {
  return stored
    ? and(attributeIs('changes', stored.changes), attributeIs('sourceVersion', stored.sourceVersion))
    : isNew;
}
