import { type IdPrefix, isIdOf } from '../domain/ids.ts';
import { batchRead } from './batch-read.ts';
import { createLoader, type Loader } from './loader.ts';
import type { Table } from './table.ts';
import type { PrimaryKey } from './tables.ts';

/**
 * Loads items that are found by an entity's id; null where there is none. What is no well-formed id of that entity is not
 * asked for.
 */
export function itemLoader<Item extends PrimaryKey>(
  table: Table,
  prefix: IdPrefix,
  keyOf: (id: string) => PrimaryKey,
): Loader<string, Item | null> {
  return createLoader(async (ids) => {
    const asked = ids.filter((id) => isIdOf(prefix, id));
    const items = await batchRead<Item>(table, asked.map(keyOf));
    const found = new Map(asked.map((id, i) => [id, items[i] ?? null]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
