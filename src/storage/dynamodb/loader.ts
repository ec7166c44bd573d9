import { type IdPrefix, isIdOf } from '../../domain/ids.ts';
import type { PrimaryKey } from '../tables.ts';
import { batchRead } from './batch.ts';
import { keptOf, keptPartsOf, ownWrites } from './send.ts';
import type { Table } from './table.ts';

/** A loader by key, which batches the keys of one turn of the event loop into one call. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value>;
  loadMany(keys: readonly Key[]): Promise<Value[]>;
}

/**
 * Returns a loader for one request. It loads each key once.
 * @param loadAll returns one value for each key, in their order
 * @param textOf returns a text that identifies a key
 */
export function createLoader<Key, Value>(
  loadAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
  textOf: (key: Key) => string = String,
): Loader<Key, Value> {
  const promises = new Map<string, Promise<Value>>();
  let waiting: { key: Key; resolve: (value: Value) => void; reject: (reason: unknown) => void }[] = [];

  const dispatch = async () => {
    const batch = waiting;
    waiting = [];
    try {
      const values = await loadAll(batch.map(({ key }) => key));
      if (values.length !== batch.length) throw new Error(`${values.length} values for ${batch.length} keys`);
      for (const [i, { resolve }] of batch.entries()) resolve(values[i] as Value);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const load = (key: Key): Promise<Value> => {
    const text = textOf(key);
    let promise = promises.get(text);
    if (!promise) {
      promise = new Promise((resolve, reject) => waiting.push({ key, resolve, reject }));
      promises.set(text, promise);
      // Runs after the promise jobs of this turn, when all sibling resolvers have loaded.
      if (waiting.length === 1) void Promise.resolve().then(() => process.nextTick(dispatch));
    }
    return promise;
  };
  return { load, loadMany: (keys) => Promise.all(keys.map(load)) };
}

/**
 * Returns a loader of items by the names in their keys; it loads null where there is none. All such loaders of one
 * table share one BatchGet per turn of the event loop, but those of some attributes have one of their own.
 * @param attributes the attributes that are read, the key's among them; all by default
 */
export function keyLoader<Name, Item extends PrimaryKey>(
  table: Table,
  keyOf: (name: Name) => PrimaryKey,
  attributes?: readonly (string & keyof Item)[],
): Loader<Name, Item | null> {
  // The key function belongs to this kind of item.
  const load = (name: Name) => readerOf(table, attributes).load(keyOf(name)) as Promise<Item | null>;
  return { load, loadMany: (names) => Promise.all(names.map(load)) };
}

/** Returns a loader of items by an entity's id. It returns null for a malformed id, without a read. */
export function itemLoader<Item extends PrimaryKey>(
  table: Table,
  prefix: IdPrefix,
  keyOf: (id: string) => PrimaryKey,
): Loader<string, Item | null> {
  const { load: loadKey } = keyLoader<string, Item>(table, keyOf);
  const load = async (id: string) => (isIdOf(prefix, id) ? loadKey(id) : null);
  return { load, loadMany: (ids) => Promise.all(ids.map(load)) };
}

/**
 * Returns a loader of copies of other subgraphs' public records, by an entity's id. A query may read copies that are some
 * seconds old, as it may read the records themselves: whom a park's zone lets see what is decided without a turn of its own.
 */
export function copyLoader<Item extends PrimaryKey>(
  table: Table,
  prefix: IdPrefix,
  keyOf: (id: string) => PrimaryKey,
): Loader<string, Item | null> {
  const { loadMany: readKeys } = keyLoader<PrimaryKey, Item>(table, (key) => key);
  const load = async (id: string): Promise<Item | null> => {
    if (!isIdOf(prefix, id)) return null;
    const kept = ownWrites(table) === 0 ? table.keptCopies : undefined;
    const key = keyOf(id);
    const [item = null] = await (kept ? kept.items([key], readKeys) : readKeys([key]));
    return item as Item | null;
  };
  return { load, loadMany: (ids) => Promise.all(ids.map(load)) };
}

interface Reader extends Loader<PrimaryKey, PrimaryKey | null> {
  /** Number of the request's own writes before it. */
  readonly after: number;
}

type Attributes = readonly string[] | undefined;

/** The readers of a table, by what they read. A table is opened for one request. Items stay loaded until it ends or writes. */
const readers = new WeakMap<Table, Map<Attributes, Reader>>();

function readerOf(table: Table, attributes: Attributes): Reader {
  const after = ownWrites(table);
  const ofTable = readers.get(table) ?? new Map<Attributes, Reader>();
  readers.set(table, ofTable);
  const known = ofTable.get(attributes);
  if (known?.after === after) return known;
  const loader = createLoader<PrimaryKey, PrimaryKey | null>(
    (keys) => readAll(table, keys, attributes),
    ({ pk, sk }) => `${pk}\0${sk}`,
  );
  const reader = { ...loader, after };
  ofTable.set(attributes, reader);
  return reader;
}

async function readAll(
  table: Table,
  keys: readonly PrimaryKey[],
  attributes: Attributes,
): Promise<readonly (PrimaryKey | null)[]> {
  const read = (missing: readonly PrimaryKey[]) => batchRead(table, missing, { attributes });
  const kept = attributes ? keptPartsOf(table) : keptOf(table);
  return kept ? kept.items(keys, read, attributes?.join()) : read(keys);
}
