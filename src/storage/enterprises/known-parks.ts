import { copyLoader, type Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { enterpriseKeys } from '../tables.ts';
import type { KnownParkItem } from './items.ts';

/** Loads the parks of enterprises, with the settings that this subgraph stores. */
export type KnownParks = Loader<string, KnownParkItem | null>;

export function openKnownParks(table: Table): KnownParks {
  return copyLoader<KnownParkItem>(table, 'park', enterpriseKeys.knownPark);
}
