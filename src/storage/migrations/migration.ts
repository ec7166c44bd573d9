import type { StoreName } from '../../config.ts';
import { resumablePages } from '../dynamodb/rebuilds/resumable-pages.ts';
import type { Table } from '../dynamodb/table.ts';
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
    pages: <Item extends PrimaryKey & { readonly type: string }>(
      store: StoreName,
      types: readonly Item['type'][],
      step = 'pages',
    ) =>
      resumablePages<Item>(table(store), {
        position: { ...dataVersionKeys.progress(version, step), type: 'MigrationProgress' },
        types,
        itemsAPage,
        onRead,
      }),
  };
}
