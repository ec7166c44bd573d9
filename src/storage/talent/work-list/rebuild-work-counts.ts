import { scanPages } from '../../dynamodb/read.ts';
import { acquireLock, writeAll } from '../../dynamodb/rebuild-lock.ts';
import type { Table } from '../../dynamodb/table.ts';
import { put, remove } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import type { WorkItem } from '../items.ts';
import { countEntries, type WorkName } from './count-work.ts';
import {
  type CountedAs,
  type CountedWorkItem,
  countedWorkItem,
  type WorkTallyItem,
  workTallyItems,
} from './work-count-items.ts';

/** The items that a rebuild reads: all entries, and the former counts. */
type Stored = WorkItem | CountedWorkItem | WorkTallyItem;
const STORED = ['Work', 'CountedWork', 'WorkTally'] as const;

/**
 * Counts all work lists anew from their entries. It scans the whole table, so it is for a command, never for a request.
 * It is exact beside running consumers: they change no sums meanwhile, and all entries are checked once more at the
 * end.
 * @returns the number of entries
 * @throws CodedError CONFLICT where another rebuild is running
 */
export async function rebuildWorkCounts(table: Table): Promise<number> {
  const lock = await acquireLock(table, talentKeys.rebuildLock());
  const entries: CountedAs[] = [];
  const names: WorkName[] = [];
  const outdated = new Map<string, PrimaryKey>();
  for await (const page of scanPages<Stored>(table, STORED)) {
    await lock.renew();
    for (const item of page) {
      if (item.type === 'Work') entries.push(item);
      else outdated.set(textOf(item), item);
      if (item.type !== 'WorkTally') names.push({ caseId: item.caseId, agency: item.agency });
    }
  }
  const items: PrimaryKey[] = [
    ...entries.map(countedWorkItem),
    ...workTallyItems(entries.map((entry) => ({ entry, by: 1 }))),
  ];
  for (const item of items) outdated.delete(textOf(item));
  await writeAll(table, lock, [...items.map((item) => put(item)), ...[...outdated.values()].map((key) => remove(key))]);
  await lock.release();
  await countEntries(table, names);
  return entries.length;
}

const textOf = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;
