import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { StoreName } from '../../config.ts';
import { readItem } from '../dynamodb/read.ts';
import { sendRead } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { put } from '../dynamodb/write.ts';
import type { Keyring } from '../person-keys/keyring.ts';
import { dataVersionKeys, type PrimaryKey } from '../tables.ts';

/**
 * One change of the shape of stored items. It is never changed once it is on main, and it imports no code whose meaning may
 * change later: what it has to know of the old and the new shape stands in its own file.
 */
export interface Migration {
  /** The data version that a store has after it: one more than that of the migration before. */
  readonly version: number;
  /** A short name in kebab case, for the log. */
  readonly name: string;
  /**
   * Changes the items. It runs again from its beginning where it died, and over items that are in the new shape already:
   * its writes are conditional on the old shape and change nothing the second time.
   */
  run(context: MigrationContext): Promise<void>;
}

/** The tables as a migration is given them. */
export interface MigrationContext {
  readonly now: Date;
  /** The zones' keys: for a migration that encrypts. */
  readonly keyring: Keyring;
  table(store: StoreName): Table;
  /**
   * Reads all items of some types, page by page. The place that was reached is stored after each page, so that a run that
   * died goes on with the page that it died in.
   * @param step names this pass over the table, where a migration reads one table more than once
   */
  pages<Item extends PrimaryKey & { readonly type: string }>(
    store: StoreName,
    types: readonly Item['type'][],
    step?: string,
  ): AsyncGenerator<Item[]>;
}

/** How far a pass over a table has come. */
export interface ProgressItem extends PrimaryKey {
  readonly type: 'MigrationProgress';
  /** The last key that was read; null once there is nothing left. */
  readonly after: PrimaryKey | null;
}

/** What one migration is run with, beside what is the same for all. */
export interface Run {
  readonly version: number;
  readonly now: Date;
  readonly keyring: Keyring;
  readonly table: (store: StoreName) => Table;
  /** Items that DynamoDB looks at for one page, of whatever type. */
  readonly itemsAPage: number;
}

/** Makes the context of one migration. */
export function contextOf({ version, now, keyring, table, itemsAPage }: Run): MigrationContext {
  return {
    now,
    keyring,
    table,
    async *pages<Item extends PrimaryKey & { readonly type: string }>(
      store: StoreName,
      types: readonly Item['type'][],
      step = 'pages',
    ) {
      const opened = table(store);
      const key = dataVersionKeys.progress(version, step);
      const reached = await readItem<ProgressItem>(opened, key, { consistent: true });
      if (reached?.after === null) return;
      let after = reached?.after;
      do {
        const page = await scanPage<Item>(opened, types, itemsAPage, after);
        if (page.items.length > 0) yield page.items;
        after = page.after;
        await transact(opened, [
          put<never>({ ...key, type: 'MigrationProgress', after: after ?? null } as ProgressItem),
        ]);
      } while (after !== undefined);
    },
  };
}

interface Page<Item> {
  readonly items: Item[];
  readonly after: PrimaryKey | undefined;
}

async function scanPage<Item>(
  table: Table,
  types: readonly string[],
  itemsAPage: number,
  after: PrimaryKey | undefined,
): Promise<Page<Item>> {
  const command = new ScanCommand({
    TableName: table.name,
    ConsistentRead: true,
    Limit: itemsAPage,
    FilterExpression: `#type IN (${types.map((_, i) => `:${i}`).join(', ')})`,
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: Object.fromEntries(types.map((type, i) => [`:${i}`, type])),
    ...(after && { ExclusiveStartKey: { ...after } }),
  });
  const { Items = [], LastEvaluatedKey } = await sendRead(table, (send) => table.dynamo.send(command, send));
  return { items: Items as Item[], after: LastEvaluatedKey as PrimaryKey | undefined };
}
