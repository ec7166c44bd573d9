import { STORES, type StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Connection, openTable } from '../dynamodb/connection.ts';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { put, remove } from '../dynamodb/write.ts';
import type { Keyring } from '../person-keys/keyring.ts';
import { dataVersionKeys, type PrimaryKey } from '../tables.ts';
import { contextOf, type Migration } from './migration.ts';
import { DATA_VERSION, MIGRATIONS } from './migrations.ts';
import { stampItem, versionOfTable } from './stamp.ts';

/** Items that DynamoDB reads for one page of a migration. */
const ITEMS_A_PAGE = 500;

export interface MigrateOptions {
  readonly keyring: Keyring;
  readonly now: Date;
  /** Called before each migration. */
  readonly onMigration?: (migration: Migration) => void;
  /** Called after each page of items that a migration has read. */
  readonly onRead?: (items: number) => void;
  /**
   * Repeats the migrations after this version, even for newer data: for items that an older system has written since.
   */
  readonly from?: number;
  /** A list for tests that replaces the real one. */
  readonly migrations?: readonly Migration[];
  readonly itemsAPage?: number;
}

/**
 * Migrates all tables to the newest data version, one migration after the other, and stamps them. An empty table gets
 * the newest version at once. A repeated run continues an interrupted one, and changes nothing when all is done.
 * Concurrent runs do no harm.
 * @returns the version that the data had
 * @throws CodedError CONFIGURATION where the data are newer than this code, or of an unknown version
 */
export async function migrate(connection: Connection, options: MigrateOptions): Promise<number> {
  const {
    keyring,
    now,
    onMigration = () => {},
    onRead = () => {},
    migrations = MIGRATIONS,
    itemsAPage = ITEMS_A_PAGE,
  } = options;
  const newest = 1 + migrations.length;
  const table = tablesOf(connection);
  const found = (await dataVersion(connection, newest)) ?? newest;
  for (const migration of migrations) {
    if (migration.version <= Math.min(found, options.from ?? found)) continue;
    onMigration(migration);
    await migration.run(contextOf({ version: migration.version, now, keyring, table, itemsAPage, onRead }));
    await stampAll(table, Math.max(found, migration.version), migration.version);
  }
  await stampAll(table, newest);
  return found;
}

/**
 * Returns the data version, which is the lowest of all tables: a restored table may be older than the others, and
 * migrations may run twice. Null where all are empty.
 * @throws CodedError CONFIGURATION where a table is newer than this code, or of an unknown version
 */
export async function dataVersion(connection: Connection, newest: number = DATA_VERSION): Promise<number | null> {
  const table = tablesOf(connection);
  const versions = (await Promise.all(STORES.map((store) => versionOfTable(table(store))))).filter((it) => it !== null);
  const highest = Math.max(...versions);
  if (highest > newest) {
    throw new CodedError(
      'CONFIGURATION',
      `The data have version ${highest}, and this Bridgehead knows versions up to ${newest}: start the newer Bridgehead that wrote them, or name other data.`,
    );
  }
  return versions.length === 0 ? null : Math.min(...versions);
}

/** Stamps the tables if all are empty, so that the first items don't count as version 1. */
export async function stampIfEmpty(connection: Connection): Promise<void> {
  if ((await dataVersion(connection)) === null) await stampAll(tablesOf(connection), DATA_VERSION);
}

/**
 * Throws unless the data have the version of this code.
 * @throws CodedError CONFIGURATION
 */
export async function requireDataVersion(connection: Connection, wanted: number = DATA_VERSION): Promise<void> {
  const version = await dataVersion(connection, wanted);
  if (version === null || version === wanted) return;
  throw new CodedError(
    'CONFIGURATION',
    `The data have version ${version}, and this Bridgehead needs ${wanted}: back them up, then run "npm run migrate".`,
  );
}

type Tables = (store: StoreName) => Table;

function tablesOf(connection: Connection): Tables {
  const forever = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, owner: 'migrate' };
  return (store) => openTable(connection, store, forever);
}

/** @param done the completed migration, whose progress is deleted */
async function stampAll(table: Tables, version: number, done?: number): Promise<void> {
  for (const store of STORES) {
    const opened = table(store);
    if (done === undefined && (await versionOfTable(opened)) === version) continue;
    const sort = { beginsWith: dataVersionKeys.progressOf(done ?? 0) };
    const { pk: partition } = dataVersionKeys.stamp();
    const progress = await readRange<PrimaryKey>(opened, { partition, sort, consistent: true });
    await transact(opened, [put(stampItem(version)), ...progress.map((item) => remove(item))]);
  }
}
