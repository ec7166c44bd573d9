import { isDeepStrictEqual } from 'node:util';
import { STORES, type StoreName } from '../../src/config.ts';
import { DeleteCommand, PutCommand, ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import type { TestSystem } from '../harness.ts';

export type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };

/** All items of all tables, by store and key. */
export type Stored = ReadonlyMap<string, { readonly store: StoreName; readonly item: Item }>;

/** One item that an attempt made, changed or removed. */
export interface Change {
  readonly store: StoreName;
  readonly before: Item | null;
  readonly after: Item | null;
}

export async function readAll(system: TestSystem): Promise<Stored> {
  const all = await Promise.all(STORES.map((store) => readStore(system, store)));
  return new Map(all.flat());
}

async function readStore(system: TestSystem, store: StoreName) {
  const { name: TableName, dynamo } = system.table(store);
  const found: (readonly [string, { readonly store: StoreName; readonly item: Item }])[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamo.send(new ScanCommand({ TableName, ...(from ? { ExclusiveStartKey: from } : {}) }));
    for (const item of (page.Items ?? []) as Item[]) found.push([`${store} ${item.pk} ${item.sk}`, { store, item }]);
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}

export function changesBetween(before: Stored, after: Stored): readonly Change[] {
  const changes: Change[] = [];
  for (const [key, { store, item }] of after) {
    const earlier = before.get(key)?.item ?? null;
    if (!isDeepStrictEqual(earlier, item)) changes.push({ store, before: earlier, after: item });
  }
  for (const [key, { store, item }] of before) if (!after.has(key)) changes.push({ store, before: item, after: null });
  return changes;
}

/** Puts everything back as it was before an attempt. */
export async function undo(system: TestSystem, changes: readonly Change[]): Promise<void> {
  await Promise.all(
    changes.map(({ store, before, after }) => {
      const { name: TableName, dynamo } = system.table(store);
      if (before) return dynamo.send(new PutCommand({ TableName, Item: before }));
      const { pk, sk } = after ?? { pk: '', sk: '' };
      return dynamo.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    }),
  );
}
