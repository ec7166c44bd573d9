import { type FacilityPlaces, givesPlaces } from '../../../domain/cases/place.ts';
import { idInPark } from '../../../domain/ids.ts';
import type { ParkFacilitiesFacts } from '../../../domain/places/facilities.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { missingOrLess, update } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';

/** A facility's places as its park has published them. */
export type PublishedPlaces = Omit<FacilityPlaces, 'taken'> & { readonly sourceVersion: number };

/** Returns the places of a park's list that cases can take. */
export function placesOfList({ parkId, zoneId, facilities, version }: ParkFacilitiesFacts): PublishedPlaces[] {
  return facilities
    .filter(({ kind }) => givesPlaces(kind))
    .map(({ id, kind, capacity, reserved = 0 }) => ({
      facilityId: idInPark('fac', parkId, id),
      zoneId,
      kind,
      capacity: capacity - reserved,
      sourceVersion: version,
    }));
}

/** A park's list of facilities, and the one that it replaced. */
export interface ReplacedList {
  readonly before: ParkFacilitiesFacts | null;
  readonly after: ParkFacilitiesFacts;
}

/**
 * Copies published capacities. A facility that a list leaves out has none from then on, and keeps the places that cases
 * have. A list that isn't newer than the copied one changes nothing, so that a stream's record may come twice or late.
 */
export async function copyFacilities(table: Table, lists: readonly ReplacedList[]): Promise<void> {
  for (const list of lists) {
    await transactGroups<'NEWER_COPIED'>(
      table,
      copiesOf(list).map(({ facilityId, ...copied }) => [
        update<'NEWER_COPIED'>(
          talentKeys.placesOf(facilityId),
          { set: { type: 'FacilityPlaces', facilityId, ...copied }, add: { taken: 0, changes: 0 } },
          { when: missingOrLess('sourceVersion', copied.sourceVersion), otherwise: 'NEWER_COPIED' },
        ),
      ]),
    );
  }
}

function copiesOf({ before, after }: ReplacedList): PublishedPlaces[] {
  const listed = placesOfList(after);
  const ids = new Set(listed.map(({ facilityId }) => facilityId));
  const leftOut = before ? placesOfList(before).filter(({ facilityId }) => !ids.has(facilityId)) : [];
  return [...listed, ...leftOut.map((place) => ({ ...place, capacity: 0, sourceVersion: after.version }))];
}
