import { STORES, type StoreName } from '../../config.ts';
import { batchWrite, MOST_ITEMS_A_WRITE } from '../../storage/batch-write.ts';
import { type Connection, openTable } from '../../storage/connection.ts';
import type { PrimaryKey } from '../../storage/tables.ts';
import { itemsOf } from './items.ts';
import type { Scale } from './scale.ts';

/** Calls that are under way at once. */
const MOST_AT_ONCE = 8;
/** For how long items that a busy table leaves unprocessed are sent again. */
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

/**
 * Puts the demo data into tables that exist, all or the named ones, 25 items a call. The same again changes nothing but what was written since.
 * @throws CodedError THROTTLED where a table stays busy for two minutes
 */
export async function writeDemoData(
  connection: Connection,
  scale: Scale,
  anchor: string,
  onItem: (item: PrimaryKey) => void = () => {},
  stores: readonly StoreName[] = STORES,
): Promise<void> {
  for (const store of stores) {
    // The workers share one sequence of chunks: no more than theirs are in memory.
    const shared = chunks(itemsOf(store, scale, anchor), MOST_ITEMS_A_WRITE);
    const worker = async () => {
      for (let next = shared.next(); !next.done; next = shared.next()) {
        const scope = {
          deadline: Date.now() + PATIENCE_MS,
          signal: AbortSignal.timeout(PATIENCE_MS),
          owner: 'seed',
        };
        await batchWrite(openTable(connection, store, scope), next.value);
        for (const item of next.value) onItem(item);
      }
    };
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, worker));
  }
}
