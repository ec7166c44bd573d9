import { placeOfId } from '../../domain/ids.ts';
import type { ZoneKind } from '../../domain/places/zone.ts';
import { itemLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { Table } from '../dynamodb/table.ts';
import { type PrimaryKey, parkIndexes, parkKeys } from '../tables.ts';
import type { ParkControlItem, ParkFacilitiesItem, ParkItem, UnitPostsItem, ZoneItem } from './items.ts';

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

export interface Zones {
  readonly byId: Loader<string, ZoneItem | null>;
  /** Lists the zones by code; only those of one kind where given. */
  list(kind: ZoneKind | null, page: PageRequest): Promise<Page<ZoneItem>>;
}

export function openZones(table: Table): Zones {
  return {
    byId: itemLoader<ZoneItem>(table, 'zone', parkKeys.zone),
    list: (kind, page) =>
      readPage<ZoneItem, ZoneItem>(table, page, {
        range: kind
          ? { index: 'gsi2', partition: parkIndexes.zonesOfKind(kind, '').gsi2pk }
          : { index: 'gsi1', partition: parkIndexes.zones('').gsi1pk },
        binding: { field: 'Query.zones', arguments: { kind } },
        nodes: (zones) => zones,
      }),
  };
}
