import type { ZoneKind } from '../../domain/places/zone.ts';
import { itemLoader } from '../dynamodb/loaders/item-loader.ts';
import type { Loader } from '../dynamodb/loaders/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { Table } from '../dynamodb/table.ts';
import { parkIndexes, parkKeys } from '../tables.ts';
import type { ZoneItem } from './items.ts';

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
