import { STORES, type StoreName } from '../../config.ts';
import { batchWrite, MAX_ITEMS_A_WRITE } from '../../storage/dynamodb/batch.ts';
import { type Connection, openTable } from '../../storage/dynamodb/connection.ts';
import { readItem } from '../../storage/dynamodb/read.ts';
import type { Scope } from '../../storage/dynamodb/table.ts';
import { beginLoading, endLoading, loadingOf, requireLoaded } from '../../storage/migrations/loading.ts';
import type { ZoneKeysItem } from '../../storage/person-keys/items.ts';
import type { Keyring } from '../../storage/person-keys/keyring.ts';
import { type PrimaryKey, personKeyKeys } from '../../storage/tables.ts';
import { itemsOf } from './items.ts';
import type { Scale } from './scale.ts';
import { type SealedPersons, sealedPersons } from './talent/sealed-persons.ts';

/** Concurrent calls. */
const MAX_CONCURRENT = 8;
/** How long items that a busy table leaves unprocessed are retried. */
const PATIENCE_MS = 120_000;

function* chunks<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    if (chunk.push(item) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

const scope = (): Scope => ({
  deadline: Date.now() + PATIENCE_MS,
  signal: AbortSignal.timeout(PATIENCE_MS),
  owner: 'seed',
});

export interface Seed {
  readonly scale: Scale;
  /** The day that counts as today for pending cases. */
  readonly anchor: string;
  /** Encrypts the demo's people. */
  readonly keyring: Keyring;
  readonly onItem?: (item: PrimaryKey) => void;
}

/**
 * Writes the demo data into tables, with a mark that they are half loaded until all is written. A load that was cut short
 * is completed as of the same day.
 */
export async function loadDemoTables(connection: Connection, seed: Seed, stores: readonly StoreName[]): Promise<void> {
  const begun = await loadingOf(connection);
  if (begun?.what === 'RESTORE') await requireLoaded(connection);
  const anchor = begun?.what === 'DEMO_DATA' ? begun.source : seed.anchor;
  await beginLoading(connection, { what: 'DEMO_DATA', source: anchor, stores });
  await writeDemoData(connection, { ...seed, anchor }, stores);
  await endLoading(connection);
}

/**
 * Writes the demo data into all existing tables or the named ones, 25 items a call. A repetition overwrites the demo's
 * own items only; its people get new keys.
 * @throws CodedError STORE_UNAVAILABLE if a table stays busy for two minutes
 */
async function writeDemoData(
  connection: Connection,
  { scale, anchor, keyring, onItem = () => {} }: Seed,
  stores: readonly StoreName[] = STORES,
): Promise<void> {
  const persons = await sealedPersons(scale, new Date(), keyring, (zoneId) =>
    readItem<ZoneKeysItem>(openTable(connection, 'personKeys', scope()), personKeyKeys.zone(zoneId)),
  );
  const sources = stores.map((store) => [store, itemsOf(store, scale, anchor, persons)] as const);
  for (const [store, items] of [...sources, ...whatBelongsTo(stores, persons)]) {
    // The workers share one sequence of chunks, so memory holds only the chunks in progress.
    const shared = chunks(items, MAX_ITEMS_A_WRITE);
    const worker = async () => {
      for (let next = shared.next(); !next.done; next = shared.next()) {
        await batchWrite(openTable(connection, store, scope()), next.value);
        for (const item of next.value) onItem(item);
      }
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT }, worker));
  }
}

/** Adds the keys to people's records or the reverse: both are written even if only one table is named. */
function whatBelongsTo(
  stores: readonly StoreName[],
  persons: SealedPersons,
): (readonly [StoreName, Iterable<PrimaryKey>])[] {
  const [records, keys] = [stores.includes('talent'), stores.includes('personKeys')];
  if (records === keys) return [];
  return records ? [['personKeys', persons.keys()]] : [['talent', persons.records()]];
}
