import { scanPages } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import type { PrimaryKey } from '../tables.ts';

/** Scans all items of a type in the table of persons' keys, consistently. For commands, never for requests. */
export async function* scanKeys<Item extends PrimaryKey & { readonly type: string }>(
  keys: Table,
  type: Item['type'],
): AsyncGenerator<Item> {
  for await (const page of scanPages<Item>(keys, [type])) yield* page;
}
