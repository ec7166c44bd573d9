import { batchRead } from '../dynamodb/batch.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { existsWithout, isNew, put, update } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables.ts';
import type { Migration } from './migration.ts';

/** A park's list of facilities in version 8, which lacks the park's zone. */
interface OldFacilities extends PrimaryKey {
  readonly type: 'ParkFacilities';
  readonly parkId: string;
  readonly version: number;
  readonly facilities: readonly { readonly id: string; readonly kind: string; readonly capacity: number }[];
}

/** The kinds of facility that cases take places of. */
const KINDS = ['TALENT_APARTMENT', 'KINDERGARTEN', 'SCHOOL'];

/** Adds its zone to each list of facilities, and a counter of places to the talent table. No case had a place before. */
export const countPlaces: Migration = {
  version: 9,
  name: 'count-places',
  async run({ table, pages }) {
    const parks = table('parks');
    for await (const page of pages<OldFacilities>('parks', ['ParkFacilities'])) {
      const keys = page.map(({ parkId }) => ({ pk: parkId, sk: 'PARK' }));
      const found = await batchRead<PrimaryKey & { readonly zoneId: string }>(parks, keys, { consistent: true });
      const lists = page.flatMap((list, i) => (found[i] ? [{ list, zoneId: found[i].zoneId }] : []));
      // The counters come first: a list with its zone is done.
      await transactGroups<'DONE'>(
        table('talent'),
        lists.flatMap(({ list, zoneId }) =>
          countersOf(list, zoneId).map((counter) => [put<'DONE'>(counter, { when: isNew, otherwise: 'DONE' })]),
        ),
      );
      await transactGroups<'DONE'>(
        parks,
        lists.map(({ list, zoneId }) => [
          update<'DONE'>(list, { set: { zoneId } }, { when: existsWithout('zoneId'), otherwise: 'DONE' }),
        ]),
      );
    }
  },
};

function countersOf({ parkId, version, facilities }: OldFacilities, zoneId: string) {
  return facilities
    .filter(({ kind }) => KINDS.includes(kind))
    .map(({ id, kind, capacity }) => {
      const facilityId = `fac_${parkId.slice('park_'.length)}--${id}`;
      return {
        ...{ pk: facilityId, sk: 'PLACES', type: 'FacilityPlaces' },
        ...{ facilityId, zoneId, kind, capacity, sourceVersion: version, taken: 0, changes: 0 },
      };
    });
}
