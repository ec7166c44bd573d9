import { acquireLock, writeAll } from '../../dynamodb/rebuilds/lock.ts';
import { foldPages } from '../../dynamodb/rebuilds/resumable-fold.ts';
import type { Table } from '../../dynamodb/table.ts';
import { put, remove } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import type { WorkItem } from '../items.ts';
import { countEntries, type WorkName } from './count-work.ts';
import { type CountedWorkItem, countedWorkItem, type WorkTallyItem, workTallyItems } from './work-count-items.ts';

/** The items that a rebuild reads: all entries, and the former counts. */
type Stored = WorkItem | CountedWorkItem | WorkTallyItem;
const STORED = ['Work', 'CountedWork', 'WorkTally'] as const;

/**
 * Counts all work lists anew from their entries. It scans the whole table, so it is for a command, never for a request.
 * It is exact beside running consumers: they change no sums meanwhile, and all entries are checked once more at the
 * end. If it dies, another one goes on where it stopped.
 * @throws CodedError CONFLICT where another rebuild is running
 */
export async function rebuildWorkCounts(table: Table, pages: RebuildPages = {}): Promise<RebuiltWork> {
  const lock = await acquireLock(table, talentKeys.rebuildLock());
  const { state, forget } = await foldPages<Stored, readonly Stored[]>(table, {
    name: 'work-counts',
    types: STORED,
    initial: [],
    lock,
    ...pages,
    step: (before, page) => [...before, ...page],
  });
  const entries = state.filter((item): item is WorkItem => item.type === 'Work');
  const stored = state.filter((item) => item.type !== 'Work');
  const items: PrimaryKey[] = [
    ...entries.map(countedWorkItem),
    ...workTallyItems(entries.map((entry) => ({ entry, by: 1 }))),
  ];
  const wanted = new Set(items.map(textOf));
  const outdated = stored.filter((item) => !wanted.has(textOf(item)));
  await writeAll(table, lock, [...items.map((item) => put(item)), ...outdated.map((item) => remove(item))]);
  await forget();
  await lock.release();
  const names: WorkName[] = state.flatMap((item) =>
    item.type === 'WorkTally' ? [] : [{ caseId: item.caseId, agency: item.agency }],
  );
  await countEntries(table, names);
  return { entries, items, stored };
}

interface RebuildPages {
  readonly onRead?: (items: number) => void;
  readonly itemsAPage?: number;
}

/** The result of a rebuild: the entries, their counts, and the counts that were stored before. */
interface RebuiltWork {
  readonly entries: readonly WorkItem[];
  readonly items: readonly PrimaryKey[];
  readonly stored: readonly PrimaryKey[];
}

const textOf = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;
