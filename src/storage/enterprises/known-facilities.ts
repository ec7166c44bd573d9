/** Copies of parks' facilities: an inspection names one that its park has published. */
import type { ParkFacilitiesFacts } from '../../domain/places/facilities.ts';
import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { missingOrLess, put } from '../dynamodb/write.ts';
import { enterpriseKeys } from '../tables.ts';

export type KnownFacilitiesItem = ReturnType<typeof knownFacilitiesItem>;
export function knownFacilitiesItem({ parkId, facilities, version }: ParkFacilitiesFacts) {
  return {
    ...enterpriseKeys.knownFacilities(parkId),
    type: 'KnownFacilities' as const,
    parkId,
    /** Their ids in the park. */
    facilityIds: facilities.map(({ id }) => id),
    sourceVersion: version,
  };
}

/** Copies lists of facilities. One that isn't newer than the copy changes nothing: a stream's record may come twice. */
export async function copyKnownFacilities(table: Table, lists: readonly ParkFacilitiesFacts[]): Promise<void> {
  for (const list of lists) {
    const item = knownFacilitiesItem(list);
    const guard = { when: missingOrLess('sourceVersion', item.sourceVersion), otherwise: 'NEWER_COPIED' } as const;
    await transactGroups<'NEWER_COPIED'>(table, [[put(item, guard)]]);
  }
}
