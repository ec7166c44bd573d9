import { scanPages } from '../dynamodb/read.ts';
import { acquireLock } from '../dynamodb/rebuilds/lock.ts';
import { foldPages } from '../dynamodb/rebuilds/resumable-fold.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { and, attributeIs, isNew, put } from '../dynamodb/write.ts';
import type { ParkFacilitiesItem } from '../parks/items.ts';
import { placesOfList } from '../talent/places/copy-facilities.ts';
import { type CasePlaceItem, type FacilityPlacesItem, facilityPlacesItem } from '../talent/places/items.ts';
import { CHANGED, comparable } from './derived-items.ts';
import type { OpenTables, ReadModel, ReadModelDifference } from './read-model.ts';

/** Reads all items of a type in the talent table, page by page, into a state. */
type ReadInto = <Item extends CasePlaceItem | FacilityPlacesItem, State>(
  type: Item['type'],
  initial: State,
  step: (state: State, page: readonly Item[]) => State,
) => Promise<State>;

/** Each facility's published capacity, and how many of its places cases have. */
export const facilityPlaces: ReadModel = {
  name: 'facility-places',
  title: 'places of facilities that cases take',
  async compare(open) {
    const found = await placesNow(open, async (type, initial, step) => {
      let state = initial;
      for await (const page of scanPages<Parameters<typeof step>[1][number]>(open('talent'), [type])) {
        state = step(state, page);
      }
      return state;
    });
    return reportOf(found);
  },
  async rebuild(open, options) {
    const table = open('talent');
    const lock = await acquireLock(table, { pk: 'REBUILD', sk: 'LOCK#facility-places' });
    const passes: (() => Promise<void>)[] = [];
    const found = await placesNow(open, async (type, initial, step) => {
      const name = `facility-places#${type}`;
      const { state, forget } = await foldPages(table, { name, types: [type], initial, step, lock, ...options });
      passes.push(forget);
      return state;
    });
    await transactGroups<typeof CHANGED>(
      table,
      found.different.map(({ stored, wanted }) => [
        // A decision beside the rebuild has counted itself: its facility is put right by the next run.
        put<typeof CHANGED>(wanted, { when: isAsRead(stored), otherwise: CHANGED }),
      ]),
    );
    for (const forget of passes) await forget();
    await lock.release();
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
async function placesNow(open: OpenTables, readInto: ReadInto): Promise<Found> {
  const stored = await readInto<FacilityPlacesItem, Record<string, FacilityPlacesItem>>(
    'FacilityPlaces',
    {},
    (known, page) => ({ ...known, ...Object.fromEntries(page.map((item) => [item.facilityId, item])) }),
  );
  const taken = await readInto<CasePlaceItem, Record<string, number>>('CasePlace', {}, (before, page) => {
    const sums = { ...before };
    for (const { facilityId, endedAt } of page) {
      if (endedAt === null) sums[facilityId] = (sums[facilityId] ?? 0) + 1;
    }
    return sums;
  });
  const published = new Map<string, ReturnType<typeof placesOfList>[number]>();
  for await (const page of scanPages<ParkFacilitiesItem>(open('parks'), ['ParkFacilities'])) {
    for (const list of page) for (const places of placesOfList(list)) published.set(places.facilityId, places);
  }
  const ids = new Set([...Object.keys(stored), ...published.keys()]);
  const different = [...ids].flatMap((id): Difference[] => {
    const before = stored[id];
    const facts = published.get(id) ?? (before && { ...before, capacity: 0 });
    if (!facts) return [];
    const wanted = facilityPlacesItem({ ...facts, taken: taken[id] ?? 0, changes: before?.changes ?? 0 });
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
