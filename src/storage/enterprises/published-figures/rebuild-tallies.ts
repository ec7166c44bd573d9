import { currentRevision, fingerprintOf } from '../../../domain/published-figures/published-day.ts';
import { acquireLock, type RebuildLock, writeAll } from '../../dynamodb/rebuilds/lock.ts';
import { foldPages } from '../../dynamodb/rebuilds/resumable-fold.ts';
import type { Table } from '../../dynamodb/table.ts';
import { existsWithout, put, remove, update } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { CountedItem, EnterpriseEvent, ParkPublicationItem, PublishedDayItem } from '../items.ts';
import { COUNTED_TYPES, type Count, countedItems, countsOf, isSound, lastReportedDays, sumCounts } from './counting.ts';
import { countedDays } from './park-figures.ts';

/** The items that a rebuild reads: all events, the former sums, and the publications. */
type Stored = EnterpriseEvent | CountedItem | PublishedDayItem | ParkPublicationItem;
const STORED = ['OperationReported', 'EnterpriseChanged', ...COUNTED_TYPES, 'PublishedDay', 'ParkPublication'] as const;

/** The result of a rebuild. */
export interface Rebuilt {
  readonly events: number;
  /** The items with sums. */
  readonly items: readonly CountedItem[];
  /** The items with sums that were stored before. */
  readonly stored: readonly PrimaryKey[];
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
 * afterwards. If it dies, consumers wait until another rebuild, which may start a minute later, has gone on where it
 * stopped and has completed all sums.
 * @throws CodedError CONFLICT where another rebuild is running
 */
export async function rebuildTallies(
  table: Table,
  { onEvents = () => {}, ...pages }: RebuildTalliesOptions = {},
): Promise<Rebuilt> {
  const lock = await acquireLock(table, enterpriseKeys.rebuildLock());
  const { state, forget } = await foldPages<Stored, State>(table, {
    name: 'park-figures',
    types: STORED,
    initial: { events: 0, sums: [], lastDays: {}, published: [], stored: [], unsound: [] },
    lock,
    ...pages,
    async step(before, page) {
      const events = page.filter(isEvent);
      const sound = events.filter(isSound);
      await markCounted(table, lock, sound);
      const after: State = {
        events: before.events + sound.length,
        sums: sumCounts([...before.sums, ...sound.flatMap(countsOf)]),
        lastDays: Object.fromEntries(lastReportedDays(sound, new Map(Object.entries(before.lastDays)))),
        published: [...before.published, ...page.filter(isPublished)],
        stored: [...before.stored, ...page.filter((item) => !isEvent(item) && !isPublished(item))],
        unsound: [...before.unsound, ...events.filter((event) => !isSound(event)).map(({ pk, sk }) => `${pk} ${sk}`)],
      };
      onEvents(after.events);
      return after;
    },
  });
  const { events, sums, lastDays, published, stored, unsound } = state;
  const items = countedItems(sums, new Map(Object.entries(lastDays)));
  const wanted = new Set(items.map(textOf));
  const outdated = stored.filter((item) => !wanted.has(textOf(item)));
  await writeAll(table, lock, [...items.map((item) => put(item)), ...outdated.map((item) => remove(item))]);
  await forget();
  await lock.release();
  return { events, items, stored, unsound, differences: differencesOf(published, items) };
}

interface RebuildTalliesOptions {
  /** Called after each page with the number of events read so far. */
  readonly onEvents?: (events: number) => void;
  readonly onRead?: (items: number) => void;
  readonly itemsAPage?: number;
}

/** Everything that the pages read so far add up to. */
interface State {
  readonly events: number;
  readonly sums: readonly Count[];
  readonly lastDays: Readonly<Record<string, string>>;
  readonly published: readonly (PublishedDayItem | ParkPublicationItem)[];
  readonly stored: readonly PrimaryKey[];
  readonly unsound: readonly string[];
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
  counted: readonly CountedItem[],
): readonly Difference[] {
  const applied = new Map(
    published.flatMap((item) => (item.type === 'ParkPublication' ? [[item.parkId, item.applied]] : [])),
  );
  const figuresOf = countedDays(counted);
  return published.flatMap((item): Difference[] => {
    if (item.type !== 'PublishedDay') return [];
    const { parkId, on } = item;
    const revision = currentRevision(item, applied.get(parkId) ?? 0);
    if (!revision) return [];
    const computed = fingerprintOf(figuresOf(parkId, on));
    const shown = fingerprintOf(revision.figures);
    return shown === computed ? [] : [{ parkId, on, published: shown, computed }];
  });
}
