import { type IdPrefix, isIdOf } from '../../domain/ids.ts';
import type { PrimaryKey } from '../tables.ts';
import { batchRead } from './batch.ts';
import { createLoader, type Loader } from './loader.ts';
import { ownWrites } from './own-writes.ts';
import type { Table } from './table.ts';

/**
 * Loads items by what their keys are made of; null where there is none. All such loaders of one table that are asked
 * within one turn of the event loop share one BatchGet.
 */
export function keyLoader<Name, Item extends PrimaryKey>(
  table: Table,
  keyOf: (name: Name) => PrimaryKey,
): Loader<Name, Item | null> {
  // The item under a key is of the kind that the key function is for.
  const load = (name: Name) => readerOf(table).load(keyOf(name)) as Promise<Item | null>;
  return { load, loadMany: (names) => Promise.all(names.map(load)) };
}

/** Loads items by an entity's id. What is no well-formed id of that entity is not asked for, and null. */
export function itemLoader<Item extends PrimaryKey>(
  table: Table,
  prefix: IdPrefix,
  keyOf: (id: string) => PrimaryKey,
): Loader<string, Item | null> {
  const { load: loadKey } = keyLoader<string, Item>(table, keyOf);
  const load = async (id: string) => (isIdOf(prefix, id) ? loadKey(id) : null);
  return { load, loadMany: (ids) => Promise.all(ids.map(load)) };
}

interface Reader extends Loader<PrimaryKey, PrimaryKey | null> {
  /** The request's own writes before it. */
  readonly after: number;
}

/** A table is opened for one request: what was read for it is kept as long, or until it writes. */
const readers = new WeakMap<Table, Reader>();

function readerOf(table: Table): Reader {
  const after = ownWrites(table);
  const kept = readers.get(table);
  if (kept?.after === after) return kept;
  const loader = createLoader<PrimaryKey, PrimaryKey | null>(
    (keys) => batchRead(table, keys),
    ({ pk, sk }) => `${pk}\0${sk}`,
  );
  const reader = { ...loader, after };
  readers.set(table, reader);
  return reader;
}
