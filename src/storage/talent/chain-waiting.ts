import { readRange } from '../read.ts';
import type { Table } from '../table.ts';
import { LOOK_PARTITIONS } from '../tables.ts';
import { chainLooks } from './chain-looks.ts';
import type { LookItem } from './look-items.ts';

const LOOKS_AT_ONCE = 90;

/**
 * Chains the looks that were noted before an instant and still wait: those that the stream gave up or never brought.
 * @returns how many are chained, and the ids of those that can't be told
 */
export async function chainWaiting(
  table: Table,
  before: Date,
  now: Date,
): Promise<{ readonly chained: number; readonly failed: readonly string[] }> {
  const failed: string[] = [];
  let chained = 0;
  for (const partition of LOOK_PARTITIONS) {
    const looks = await readRange<LookItem>(table, { partition, sort: { from: '0', to: before.toISOString() } });
    for (let from = 0; from < looks.length; from += LOOKS_AT_ONCE) {
      const batch = looks.slice(from, from + LOOKS_AT_ONCE);
      const unsound = await chainLooks(table, batch, now);
      failed.push(...unsound);
      chained += batch.length - unsound.length;
    }
  }
  return { chained, failed };
}
