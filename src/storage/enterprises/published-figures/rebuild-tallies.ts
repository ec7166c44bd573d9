import { existsWithout } from '../../dynamodb/condition.ts';
import { scanPages } from '../../dynamodb/read.ts';
import { acquireLock, type RebuildLock, writeAll } from '../../dynamodb/rebuild-lock.ts';
import type { Table } from '../../dynamodb/table.ts';
import { put, remove, update } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseEvent, ParkDayItem, ParkFiguresItem, ParkPublicationItem, PublishedDayItem } from '../items.ts';
import { type Count, countedItems, countsOf, isSound, lastReportedDays, sumCounts } from './counting.ts';
import { type Difference, differencesOf } from './differences.ts';

/** All events, all that was counted of them before, and what is published. */
type Stored = EnterpriseEvent | ParkDayItem | ParkFiguresItem | PublishedDayItem | ParkPublicationItem;
const STORED = [
  'OperationReported',
  'EnterpriseChanged',
  'ParkDay',
  'ParkFigures',
  'PublishedDay',
  'ParkPublication',
] as const;

/** What a rebuild has read. */
export interface Rebuilt {
  readonly events: number;
  /** Items that hold sums: one a park, one a park and day. */
  readonly counted: number;
  /** Events that can't be counted, by their keys. */
  readonly unsound: readonly string[];
  /** Published days that the events add up to other figures of. A rebuild changes no published day. */
  readonly differences: readonly Difference[];
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
  const lock = await acquireLock(table, enterpriseKeys.rebuildLock());
  let sums: readonly Count[] = [];
  let lastDays: ReadonlyMap<string, string> = new Map();
  const published: (PublishedDayItem | ParkPublicationItem)[] = [];
  const outdated = new Map<string, PrimaryKey>();
  const unsound: string[] = [];
  let events = 0;
  for await (const page of scanPages<Stored>(table, STORED)) {
    await lock.renew();
    const found = page.filter(isEvent).filter(isSound);
    unsound.push(...page.filter(isEvent).flatMap((event) => (isSound(event) ? [] : [`${event.pk} ${event.sk}`])));
    for (const item of page) {
      if (isPublished(item)) published.push(item);
      else if (!isEvent(item)) outdated.set(textOf(item), item);
    }
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
  return { events, counted: items.length, unsound, differences: differencesOf(published, items) };
}

const textOf = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;
const isEvent = (item: Stored): item is EnterpriseEvent =>
  item.type === 'OperationReported' || item.type === 'EnterpriseChanged';

const isPublished = (item: Stored): item is PublishedDayItem | ParkPublicationItem =>
  item.type === 'PublishedDay' || item.type === 'ParkPublication';

async function markCounted(table: Table, lock: RebuildLock, events: readonly EnterpriseEvent[]): Promise<void> {
  const set = { countedAt: new Date().toISOString() };
  const uncounted = events.filter(({ countedAt }) => countedAt === undefined);
  // Nobody else marks while the lock is held: a mark that is there came with all of its transaction, by a try of this very
  // write whose answer was lost.
  const marks = uncounted.map((event) =>
    update<'COUNTED'>(event, { set }, { when: existsWithout('countedAt'), otherwise: 'COUNTED' }),
  );
  await writeAll(table, lock, marks);
}
