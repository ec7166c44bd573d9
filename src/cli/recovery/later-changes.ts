import { isDeepStrictEqual } from 'node:util';
import { STORES, type StoreName } from '../../config.ts';
import { batchRead } from '../../storage/dynamodb/batch.ts';
import { ScanCommand } from '../../storage/dynamodb/client/dynamo.ts';
import { sendRead } from '../../storage/dynamodb/send.ts';
import type { Table } from '../../storage/dynamodb/table.ts';
import { transact } from '../../storage/dynamodb/transaction.ts';
import { put, remove } from '../../storage/dynamodb/write.ts';
import type { OperationReportedEvent, OperationReportItem, ReportingItem } from '../../storage/enterprises/items.ts';
import type { OpenTables } from '../../storage/read-models/read-model.ts';
import { enterpriseKeys } from '../../storage/tables/enterprises.ts';
import type { PrimaryKey } from '../../storage/tables.ts';

/** A change that the tables before a restore have seen and the restored ones have not. */
export interface LaterChange extends PrimaryKey {
  readonly store: StoreName;
  readonly type: string;
  readonly change: 'ADDED' | 'CHANGED' | 'REMOVED';
  /** True where it is in the restored tables again. */
  readonly replayed: boolean;
}

interface StoredItem extends PrimaryKey {
  readonly type?: string;
}

/** Keys of one BatchGet, and items of one page. */
const KEYS_A_PAGE = 100;

/**
 * Compares the tables before a restore with the restored ones, and replays what stands in a log: the whole access log,
 * which is append-only and anchored outside of the tables, and enterprises' reports, each of which is an event. A report is
 * replayed where the enterprise's stays are the same in both. A repeated run goes on.
 * @param onChange is called for each change
 */
export async function replayLaterChanges(
  before: OpenTables,
  restored: OpenTables,
  onChange: (change: LaterChange) => void,
): Promise<void> {
  for (const store of STORES) {
    const [old, made] = [before(store), restored(store)];
    for await (const items of pagesOf(old)) {
      const found = await batchRead<StoredItem>(made, items.map(keyOf), { consistent: true });
      for (const [i, item] of items.entries()) {
        const has = found[i] ?? null;
        if (has !== null && isDeepStrictEqual(item, has)) continue;
        const replayed = await replay(store, { old, made, item, has });
        onChange({ store, ...described(item), change: has === null ? 'ADDED' : 'CHANGED', replayed });
      }
    }
    for await (const items of pagesOf(made)) {
      const found = await batchRead<StoredItem>(old, items.map(keyOf), { consistent: true });
      for (const item of items.filter((_, i) => !found[i])) {
        // An entry that waited for its batch is in the batch now.
        const replayed = isOfAccessLog(store, item) && (await does(made, remove(item)));
        onChange({ store, ...described(item), change: 'REMOVED', replayed });
      }
    }
  }
}

const keyOf = ({ pk, sk }: PrimaryKey): PrimaryKey => ({ pk, sk });
const described = (item: StoredItem) => ({ ...keyOf(item), type: item.type ?? '' });

async function* pagesOf(table: Table): AsyncGenerator<readonly StoredItem[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const command = new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      Limit: KEYS_A_PAGE,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const { Items = [], LastEvaluatedKey } = await sendRead(table, (send) => table.dynamo.send(command, send));
    yield Items as unknown as readonly StoredItem[];
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

interface Difference {
  readonly old: Table;
  readonly made: Table;
  readonly item: StoredItem;
  readonly has: StoredItem | null;
}

/** Puts an item of a log into the restored table. Returns false for what stands in no log. */
async function replay(store: StoreName, { old, made, item, has }: Difference): Promise<boolean> {
  if (isOfAccessLog(store, item)) return does(made, put(item));
  if (store !== 'enterprises' || !isOfReports(item) || !isNewer(item, has)) return false;
  const reporting = enterpriseKeys.reporting(item.type === 'Reporting' ? item.pk : item.enterpriseId);
  const [was, is] = await Promise.all(
    [old, made].map(async (table) => (await batchRead<ReportingItem>(table, [reporting], { consistent: true }))[0]),
  );
  // Without a stay in the restored table nothing can be reported.
  if (!was || !is || was.staysVersion !== is.staysVersion) return false;
  return does(made, put(item));
}

type OfReports = OperationReportItem | OperationReportedEvent | ReportingItem;
const REPORT_TYPES = ['OperationReport', 'OperationReported', 'Reporting'];
const isOfReports = (item: StoredItem): item is OfReports => REPORT_TYPES.includes(item.type ?? '');

function isNewer(item: OfReports, has: StoredItem | null): boolean {
  return has === null || numberOf(item) > numberOf(has as OfReports);
}

const numberOf = (item: OfReports) => (item.type === 'Reporting' ? (item.reportsVersion ?? 0) : item.version);

/** Returns whether an item is of the access log: all its partitions begin alike, and no other does. */
const isOfAccessLog = (store: StoreName, { pk }: PrimaryKey) => store === 'talent' && /^ACCESS(#|_)/.test(pk);

async function does(table: Table, write: Parameters<typeof transact>[1][number]): Promise<true> {
  await transact(table, [write]);
  return true;
}
