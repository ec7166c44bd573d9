import { ACCESS_LOG_LANES } from '../../../domain/access-log/entry.ts';
import { ulidOf } from '../../../domain/ids.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { accessLogKeys } from '../../tables.ts';
import { batchEntries } from './batch-entries.ts';
import type { WaitingItem } from './items.ts';

/** Batch size, as in the stream. */
const MAX_ENTRIES = 90;

/**
 * Batches the entries that were recorded before an instant, or ever, and still wait, since the stream has failed for
 * them.
 * @returns the number of batched entries, and the ids of malformed ones
 */
export async function batchWaiting(
  table: Table,
  before: Date | null,
): Promise<{ readonly batched: number; readonly failed: readonly string[] }> {
  const failed: string[] = [];
  let batched = 0;
  for (const lane of ACCESS_LOG_LANES) {
    const { pk: partition } = accessLogKeys.waiting(lane, '');
    const sort = before === null ? {} : { sort: { from: '0', to: ulidOf(before.getTime(), 0n) } };
    const waiting = await readRange<WaitingItem>(table, { partition, ...sort, consistent: true });
    for (let from = 0; from < waiting.length; from += MAX_ENTRIES) {
      const some = waiting.slice(from, from + MAX_ENTRIES);
      const unsound = await batchEntries(table, some);
      failed.push(...unsound);
      batched += some.length - unsound.length;
    }
  }
  return { batched, failed };
}
