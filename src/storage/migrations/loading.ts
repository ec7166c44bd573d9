import { STORES, type StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Connection, openTable } from '../dynamodb/connection.ts';
import { readItem } from '../dynamodb/read.ts';
import { transact } from '../dynamodb/transaction.ts';
import { put, remove } from '../dynamodb/write.ts';
import { dataVersionKeys, type PrimaryKey } from '../tables/key.ts';
import { DATA_VERSION } from './migrations.ts';
import { stampItem, versionOfTable } from './stamp.ts';

/** A load of many items that is not complete: demo data, or a restored backup. */
export interface Loading {
  readonly what: 'DEMO_DATA' | 'RESTORE';
  /** Names the source, e.g. the backup, so that only the same load completes it. */
  readonly source: string;
  /** The tables that are filled. */
  readonly stores: readonly string[];
}

export type LoadingItem = PrimaryKey & Loading & { readonly type: 'Loading' };

const open = (connection: Connection) =>
  openTable(connection, 'parks', {
    deadline: Number.POSITIVE_INFINITY,
    signal: new AbortController().signal,
    owner: 'loading',
  });

/** Returns the load that has begun and not ended; null where there is none. */
export function loadingOf(connection: Connection): Promise<LoadingItem | null> {
  return readItem<LoadingItem>(open(connection), dataVersionKeys.loading(), { consistent: true });
}

/**
 * Marks the store before the first item of a load. An empty table of parks is stamped with it, since the mark is its
 * first item.
 * @param version the data version of the items to be loaded
 */
export async function beginLoading(connection: Connection, loading: Loading, version = DATA_VERSION): Promise<void> {
  const table = open(connection);
  const isEmpty = (await versionOfTable(table)) === null;
  const mark: LoadingItem = { ...loading, ...dataVersionKeys.loading(), type: 'Loading' };
  await transact(table, [put(mark), ...(isEmpty ? [put(stampItem(version))] : [])]);
}

/** Removes the mark after the last item. */
export async function endLoading(connection: Connection): Promise<void> {
  await transact(open(connection), [remove(dataVersionKeys.loading())]);
}

/**
 * Returns the tables that demo data have to be written into: the empty ones, and all of a load that was cut short.
 * @throws CodedError CONFIGURATION where half of a backup is restored
 */
export async function storesToLoad(connection: Connection): Promise<readonly StoreName[]> {
  const loading = await loadingOf(connection);
  if (loading?.what === 'RESTORE') await requireLoaded(connection);
  const scope = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, owner: 'loading' };
  const isToLoad = async (store: StoreName) =>
    loading?.stores.includes(store) || (await versionOfTable(openTable(connection, store, scope))) === null;
  const found = await Promise.all(STORES.map(isToLoad));
  return STORES.filter((_, i) => found[i]);
}

/**
 * Throws where a load has begun and not ended.
 * @throws CodedError CONFIGURATION with what completes it
 */
export async function requireLoaded(connection: Connection): Promise<void> {
  const loading = await loadingOf(connection);
  if (!loading) return;
  throw new CodedError(
    'CONFIGURATION',
    loading.what === 'RESTORE'
      ? `The tables hold half of the backup ${loading.source}: run the same "npm run restore" again, which completes them.`
      : 'The tables hold half of the demo data: run the same "npm run seed" or "npm start" again, which completes them.',
  );
}
