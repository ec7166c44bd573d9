import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { CodedError } from '../../errors.ts';
import { attributeIs, type Condition, existsWithout } from '../condition.ts';
import { sendRead } from '../send.ts';
import type { Table } from '../table.ts';
import { enterpriseKeys, type PrimaryKey } from '../tables.ts';
import { MOST_WRITES, transact } from '../transaction.ts';
import { check, put, remove, update, type Write } from '../write.ts';
import { type Count, countedItems, countsOf, isSound, lastReportedDays, sumCounts } from './counting.ts';
import type { EnterpriseEvent, ParkDayItem, ParkFiguresItem } from './items.ts';

/** A rebuild that says nothing for so long is dead, and another one may take its place. */
const DEAD_AFTER_MS = 60_000;

/** Less than DynamoDB's megabyte: what a table's size is must not decide how long one page takes, wherever it lies. */
const ITEMS_A_PAGE = 2_000;

type Lost = 'LOCK_LOST';
type Stored = EnterpriseEvent | ParkDayItem | ParkFiguresItem;

/** What a rebuild has read. */
export interface Rebuilt {
  readonly events: number;
  /** Items that hold sums: one a park, one a park and day. */
  readonly counted: number;
  /** Events that can't be counted, by their keys. */
  readonly unsound: readonly string[];
}

/**
 * Counts everything anew from the stored events, as if nothing had been counted. It reads the whole table: for a command,
 * never for a request.
 *
 * Exact beside running consumers: they count nothing while its lock is there, and every one of its own transactions holds
 * to the lock. What it has read is marked as counted; what is written behind its back is not, and is counted by a consumer
 * afterwards. Where it dies in between, consumers stay locked out until another rebuild, which may begin a minute later,
 * has made all sums whole.
 * @param onEvents told how many events were read so far
 * @throws CodedError CONFLICT where another rebuild is at work
 */
export async function rebuildTallies(table: Table, onEvents: (events: number) => void = () => {}): Promise<Rebuilt> {
  const lock = await takeLock(table);
  let sums: readonly Count[] = [];
  let lastDays: ReadonlyMap<string, string> = new Map();
  const outdated = new Map<string, PrimaryKey>();
  const unsound: string[] = [];
  let events = 0;
  for await (const page of pages(table)) {
    await lock.renew();
    const found = page.filter(isEvent).filter(isSound);
    unsound.push(...page.filter(isEvent).flatMap((event) => (isSound(event) ? [] : [`${event.pk} ${event.sk}`])));
    for (const item of page) if (!isEvent(item)) outdated.set(textOf(item), item);
    sums = sumCounts([...sums, ...found.flatMap(countsOf)]);
    lastDays = lastReportedDays(found, lastDays);
    await markCounted(table, lock, found);
    events += found.length;
    onEvents(events);
  }
  const items = countedItems(sums, lastDays);
  for (const item of items) outdated.delete(textOf(item));
  await writeAll(table, lock, [
    ...items.map((item) => put(item)),
    ...[...outdated.values()].map((item) => remove(item)),
  ]);
  await lock.release();
  return { events, counted: items.length, unsound };
}

const textOf = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;
const isEvent = (item: Stored): item is EnterpriseEvent =>
  item.type === 'OperationReported' || item.type === 'EnterpriseChanged';

/** All events, and all that was counted of them before. */
async function* pages(table: Table): AsyncGenerator<Stored[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const command: ScanCommand = new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      Limit: ITEMS_A_PAGE,
      FilterExpression: '#type IN (:a, :b, :c, :d)',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':a': 'OperationReported',
        ':b': 'EnterpriseChanged',
        ':c': 'ParkDay',
        ':d': 'ParkFigures',
      } satisfies Record<string, Stored['type']>,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    yield (answer.Items ?? []) as Stored[];
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
}

async function markCounted(table: Table, lock: Lock, events: readonly EnterpriseEvent[]): Promise<void> {
  const set = { countedAt: new Date().toISOString() };
  const uncounted = events.filter(({ countedAt }) => countedAt === undefined);
  // Nobody else marks while the lock is held: a mark that is there came with all of its transaction, by a try of this very
  // write whose answer was lost.
  const marks = uncounted.map((event) =>
    update<'COUNTED'>(event, { set }, { when: existsWithout('countedAt'), otherwise: 'COUNTED' }),
  );
  await writeAll(table, lock, marks);
}

/** Writes in transactions that hold to the lock. */
async function writeAll(table: Table, lock: Lock, writes: readonly Write<'COUNTED'>[]): Promise<void> {
  const room = MOST_WRITES - 1;
  for (let start = 0; start < writes.length; start += room) {
    const outcome = await transact<Lost | 'COUNTED'>(table, [lock.held, ...writes.slice(start, start + room)]);
    if (!outcome.committed && outcome.refusals.some(({ refusal }) => refusal === 'LOCK_LOST')) throw lockLost();
  }
}

interface Lock {
  /** Holds a transaction to the lock. */
  readonly held: Write<Lost>;
  renew(): Promise<void>;
  release(): Promise<void>;
}

async function takeLock(table: Table): Promise<Lock> {
  const key = enterpriseKeys.rebuildLock();
  const owner = randomUUID();
  const item = () => ({ ...key, type: 'RebuildLock', owner, aliveAt: Date.now() });
  const dead: Condition = {
    expression: 'attribute_not_exists(pk) OR #aliveAt < :dead',
    names: { '#aliveAt': 'aliveAt' },
    values: { ':dead': Date.now() - DEAD_AFTER_MS },
  };
  const mine = { when: attributeIs('owner', owner), otherwise: 'LOCK_LOST' } as const;
  const hold = async (write: Write<Lost>) => {
    const outcome = await transact(table, [write]);
    if (!outcome.committed) throw lockLost();
  };
  await hold(put(item(), { when: dead, otherwise: 'LOCK_LOST' }));
  let renewed = Date.now();
  return {
    held: check(key, mine),
    async renew() {
      if (Date.now() - renewed < DEAD_AFTER_MS / 6) return;
      await hold(put(item(), mine));
      renewed = Date.now();
    },
    release: () => hold(remove(key, mine)),
  };
}

function lockLost(): CodedError {
  return new CodedError('CONFLICT', 'Another rebuild of the tallies is at work, or died within the last minute.');
}
