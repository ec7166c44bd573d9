import { type IdPrefix, isIdOf } from '../../../domain/ids.ts';
import type { PrimaryKey } from '../../tables.ts';
import { batchRead } from '../batch.ts';
import { keptOf, keptPartsOf, ownWrites } from '../own-writes.ts';
import type { Table } from '../table.ts';
import { createLoader, type Loader } from './loader.ts';

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
