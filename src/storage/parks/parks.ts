import { placeOfId } from '../../domain/ids.ts';
import { itemLoader } from '../dynamodb/loaders/item-loader.ts';
import type { Loader } from '../dynamodb/loaders/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { Table } from '../dynamodb/table.ts';
import { type PrimaryKey, parkIndexes, parkKeys } from '../tables.ts';
import type { ParkControlItem, ParkFacilitiesItem, ParkItem, UnitPostsItem } from './items.ts';

export interface Parks {
  readonly byId: Loader<string, ParkItem | null>;
  readonly facilitiesOf: Loader<string, ParkFacilitiesItem | null>;
  readonly controlOf: Loader<string, ParkControlItem | null>;
  /** Loads the posts of control units by the units' ids. */
  readonly postsOf: Loader<string, UnitPostsItem | null>;
  /** Lists the parks by code. */
  list(page: PageRequest): Promise<Page<ParkItem>>;
  /**
   * Lists the parks of a zone.
   * @param field the field of the list, e.g. `Zone.parks`, which its cursors belong to
   */
  listOfZone(zoneId: string, field: string, page: PageRequest): Promise<Page<ParkItem>>;
}

/** Returns the key of a unit's posts, by the unit's id. */
export function postsKey(unitId: string): PrimaryKey {
  const { parkId, code } = placeOfId(unitId);
  return parkKeys.posts(parkId, code);
}

export function openParks(table: Table): Parks {
  const nodes = (parks: readonly ParkItem[]) => parks;
  return {
    byId: itemLoader<ParkItem>(table, 'park', parkKeys.park),
    facilitiesOf: itemLoader<ParkFacilitiesItem>(table, 'park', parkKeys.facilities),
    controlOf: itemLoader<ParkControlItem>(table, 'park', parkKeys.control),
    postsOf: itemLoader<UnitPostsItem>(table, 'unit', postsKey),
    list: (page) =>
      readPage<ParkItem, ParkItem>(table, page, {
        range: { index: 'gsi1', partition: parkIndexes.parks('').gsi1pk },
        binding: { field: 'Query.parks', arguments: {} },
        nodes,
      }),
    listOfZone: (zone, field, page) =>
      readPage<ParkItem, ParkItem>(table, page, {
        range: { index: 'gsi2', partition: parkIndexes.parksOfZone(zone, '').gsi2pk },
        binding: { field, arguments: { zone } },
        nodes,
      }),
  };
}
