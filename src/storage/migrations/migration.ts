import type { StoreName } from '../../config.ts';
import { ScanCommand } from '../dynamodb/client/commands.ts';
import { readItem } from '../dynamodb/read.ts';
import { sendRead } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { put } from '../dynamodb/write.ts';
import type { Keyring } from '../person-keys/keyring.ts';
import { dataVersionKeys, type PrimaryKey } from '../tables.ts';

/**
 * One change of the shape of stored items. It never changes once it is on main, and it imports no code whose meaning
 * may change. Its own file describes the old and the new shape.
 */
export interface Migration {
  /** The data version of a store after it: one more than that of the migration before. */
  readonly version: number;
  /** A short name in kebab case, for the log. */
  readonly name: string;
  /**
   * Changes the items. After an interruption it runs again from its beginning, also over items in the new shape. Its
   * writes are conditional on the old shape, so that a second run changes nothing.
   */
  run(context: MigrationContext): Promise<void>;
}

/** The tables for a migration. */
export interface MigrationContext {
  readonly now: Date;
  /** The zones' keys, for a migration that encrypts. */
  readonly keyring: Keyring;
  table(store: StoreName): Table;
  /**
   * Reads all items of some types, page by page. The position is stored after each page, so that an interrupted run
   * continues with the page where it died.
   * @param step names this pass, for a migration that reads one table more than once
   */
  pages<Item extends PrimaryKey & { readonly type: string }>(
    store: StoreName,
    types: readonly Item['type'][],
    step?: string,
  ): AsyncGenerator<Item[]>;
}

/** The position of a pass over a table. */
export interface ProgressItem extends PrimaryKey {
  readonly type: 'MigrationProgress';
  /** The last key that was read; null once the pass is complete. */
  readonly after: PrimaryKey | null;
}

/** The settings of one migration's run. */
export interface Run {
  readonly version: number;
  readonly now: Date;
  readonly keyring: Keyring;
  readonly table: (store: StoreName) => Table;
  /** Items that DynamoDB reads for one page, of any type. */
  readonly itemsAPage: number;
  /** Called after each page with the number of items that DynamoDB read for it. */
  readonly onRead?: (items: number) => void;
}

/** Returns the context of one migration. */
export function contextOf({ version, now, keyring, table, itemsAPage, onRead = () => {} }: Run): MigrationContext {
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
        onRead(page.scanned);
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
  /** Items of any type that were read. */
  readonly scanned: number;
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
  const {
    Items = [],
    ScannedCount = 0,
    LastEvaluatedKey,
  } = await sendRead(table, (send) => table.dynamo.send(command, send));
  return { items: Items as Item[], scanned: ScannedCount, after: LastEvaluatedKey as PrimaryKey | undefined };
}
