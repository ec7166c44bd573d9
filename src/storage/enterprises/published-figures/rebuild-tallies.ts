import { dayFiguresOf, fingerprintOf } from '../../../domain/published-figures/figures.ts';
import { currentRevision } from '../../../domain/published-figures/published-day.ts';
import { EMPTY_TALLY } from '../../../domain/published-figures/resumption.ts';
import { existsWithout } from '../../dynamodb/condition.ts';
import { scanPages } from '../../dynamodb/read.ts';
import { acquireLock, type RebuildLock, writeAll } from '../../dynamodb/rebuild-lock.ts';
import type { Table } from '../../dynamodb/table.ts';
import { put, remove, update } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseEvent, ParkDayItem, ParkFiguresItem, ParkPublicationItem, PublishedDayItem } from '../items.ts';
import { type Count, countedItems, countsOf, isSound, lastReportedDays, sumCounts } from './counting.ts';
import { residencyLevelOn } from './figures.ts';

/** The items that a rebuild reads: all events, the former sums, and the publications. */
type Stored = EnterpriseEvent | ParkDayItem | ParkFiguresItem | PublishedDayItem | ParkPublicationItem;
const STORED = [
  'OperationReported',
  'EnterpriseChanged',
  'ParkDay',
  'ParkFigures',
  'PublishedDay',
  'ParkPublication',
] as const;

/** The result of a rebuild. */
export interface Rebuilt {
  readonly events: number;
  /** Number of items with sums: one per park, and one per park and day. */
  readonly counted: number;
  /** Keys of the events that can't be counted. */
  readonly unsound: readonly string[];
  /** Published days that differ from the counted figures. A rebuild changes no published day. */
  readonly differences: readonly Difference[];
}

/**
 * Counts everything anew from the stored events. It scans the whole table, so it is for a command, never for a request.
 *
 * It is exact beside running consumers: they count nothing while its lock exists, and each of its transactions checks
 * the lock. It marks the events that it has read. Events written meanwhile stay unmarked, and a consumer counts them
 * afterwards. If it dies, consumers wait until another rebuild, which may start a minute later, has completed all sums.
 * @param onEvents called with the number of events read so far
 * @throws CodedError CONFLICT where another rebuild is running
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
  // Only the owner of the lock marks events. An existing mark comes from a try of this same transaction whose answer
  // was lost.
  const marks = uncounted.map((event) =>
    update<'COUNTED'>(event, { set }, { when: existsWithout('countedAt'), otherwise: 'COUNTED' }),
  );
  await writeAll(table, lock, marks);
}

/** A published day whose figures differ from those counted from reports and stays, each as a fingerprint. */
export interface Difference {
  readonly parkId: string;
  readonly on: string;
  readonly published: string;
  readonly computed: string;
}

/** Returns the published days that differ from the counted figures, by park and day. */
export function differencesOf(
  published: readonly (PublishedDayItem | ParkPublicationItem)[],
  counted: readonly (ParkDayItem | ParkFiguresItem)[],
): readonly Difference[] {
  const applied = new Map(
    published.flatMap((item) => (item.type === 'ParkPublication' ? [[item.parkId, item.applied]] : [])),
  );
  const figures = new Map(counted.flatMap((item) => (item.type === 'ParkFigures' ? [[item.parkId, item]] : [])));
  const tallies = new Map(
    counted.flatMap((item) => (item.type === 'ParkDay' ? [[`${item.parkId} ${item.on}`, item]] : [])),
  );
  return published.flatMap((item): Difference[] => {
    if (item.type !== 'PublishedDay') return [];
    const { parkId, on } = item;
    const revision = currentRevision(item, applied.get(parkId) ?? 0);
    if (!revision) return [];
    const ofPark = figures.get(parkId);
    const level = ofPark ? residencyLevelOn(ofPark, on) : { residents: 0, registeredStaff: 0 };
    const computed = fingerprintOf(dayFiguresOf(tallies.get(`${parkId} ${on}`) ?? EMPTY_TALLY, level));
    const shown = fingerprintOf(revision.figures);
    return shown === computed ? [] : [{ parkId, on, published: shown, computed }];
  });
}
