import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { missingOrLess, update } from '../dynamodb/write.ts';
import { enterpriseKeys } from '../tables.ts';

/** A park as its publisher knows it. */
interface PublishedPark {
  readonly id: string;
  readonly zoneId: string;
  readonly version: number;
}

/**
 * Records that parks exist, and in which zone. What the enterprises table says of a park besides stays. A version that is
 * not newer than the recorded one changes nothing, so that a stream's record may come twice or late.
 */
export async function keepKnownParks(table: Table, parks: readonly PublishedPark[]): Promise<void> {
  const newest = new Map<string, PublishedPark>();
  for (const park of parks) {
    const known = newest.get(park.id);
    if (!known || known.version < park.version) newest.set(park.id, park);
  }
  await transactGroups<'KNOWN_BETTER'>(
    table,
    Array.from(newest.values(), ({ id, zoneId, version }) => [
      update<'KNOWN_BETTER'>(
        enterpriseKeys.knownPark(id),
        { set: { type: 'KnownPark', parkId: id, zoneId, sourceVersion: version } },
        { when: missingOrLess('sourceVersion', version), otherwise: 'KNOWN_BETTER' },
      ),
    ]),
  );
}
