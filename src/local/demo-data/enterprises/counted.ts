import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import {
  type DayFigures,
  GRACE_DAYS,
  type Revision,
  withRevision,
} from '../../../domain/published-figures/published-day.ts';
import type { CountedItem, EnterpriseEvent, ParkDayItem } from '../../../storage/enterprises/items.ts';
import { figureRevisionItem, parkPublicationItem, publishedDayItem } from '../../../storage/enterprises/make-items.ts';
import {
  type Count,
  countedItems,
  countsOf,
  lastReportedDays,
  sumCounts,
} from '../../../storage/enterprises/published-figures/counting.ts';
import { countedDays } from '../../../storage/enterprises/published-figures/park-figures.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';

/** Events that are buffered before they are added up. */
const MAX_EVENTS = 10_000;

/**
 * Yields items, then the tallies and figures of the parks that their events add up to, counted as the stream consumer
 * and the rebuild count. An import makes no stream records, but a batch write does. So the events are marked as counted
 * and nobody counts them twice.
 */
export function* withCounts(items: Iterable<PrimaryKey | EnterpriseEvent>): Generator<PrimaryKey> {
  let counts: readonly Count[] = [];
  let lastDays: ReadonlyMap<string, string> = new Map();
  let events: EnterpriseEvent[] = [];
  const addUp = () => {
    counts = sumCounts([...counts, ...events.flatMap(countsOf)]);
    lastDays = lastReportedDays(events, lastDays);
    events = [];
  };
  for (const item of items) {
    if (!isEvent(item)) {
      yield item;
      continue;
    }
    const counted: EnterpriseEvent = { ...item, countedAt: item.at };
    yield counted;
    events.push(item);
    if (events.length === MAX_EVENTS) addUp();
  }
  addUp();
  yield* withPublications(countedItems(counts, lastDays));
}

function isEvent(item: PrimaryKey | EnterpriseEvent): item is EnterpriseEvent {
  return 'type' in item && (item.type === 'OperationReported' || item.type === 'EnterpriseChanged');
}

/** The officer of each park who publishes the demo's days: one of `DEMO_OFFICERS`. */
const DEMO_PUBLISHER = 'officer-figures';

/** Returns the counted items of all parks, and after them what the parks have published of their days. */
export function* withPublications(counted: readonly CountedItem[]): Generator<PrimaryKey> {
  yield* counted;
  const days = Map.groupBy(
    counted.filter((item): item is ParkDayItem => item.type === 'ParkDay'),
    ({ parkId }) => parkId,
  );
  const figuresOf = countedDays(counted);
  for (const [parkId, ofPark] of days) yield* publicationsOf(parkId, ofPark, (on) => figuresOf(parkId, on));
}

function* publicationsOf(
  parkId: string,
  counted: readonly ParkDayItem[],
  figuresOf: (on: string) => DayFigures,
): Generator<PrimaryKey> {
  const days = counted.toSorted((a, b) => (a.on < b.on ? -1 : 1));
  for (const [i, day] of days.entries()) {
    const revision: Revision = {
      revision: 1,
      kind: 'PUBLICATION',
      figures: figuresOf(day.on),
      at: shanghaiInstant(addDays(day.on, 1), '10:00:00').toISOString(),
      sequence: i + 1,
    };
    yield publishedDayItem(parkId, withRevision(null, i, day.on, revision, GRACE_DAYS));
    yield figureRevisionItem({ ...revision, parkId, on: day.on, by: DEMO_PUBLISHER });
  }
  const lastPublishedOn = days.at(-1)?.on;
  if (lastPublishedOn === undefined) return;
  yield parkPublicationItem({ parkId, version: days.length, applied: days.length, lastPublishedOn });
}
