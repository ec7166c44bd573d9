import type { EnterpriseEvent } from '../../storage/enterprises/items.ts';
import {
  type Count,
  countedItems,
  countsOf,
  lastReportedDays,
  sumCounts,
} from '../../storage/enterprises/published-figures/counting.ts';
import type { PrimaryKey } from '../../storage/tables.ts';
import { withPublications } from './published-days.ts';

/** So many events are kept before they are added up. */
const MOST_EVENTS = 10_000;

/**
 * Items as they come, then what their events add up to: the tallies and figures of the parks, counted as the stream's
 * consumer and the rebuild count. An import tells no stream, and a batch write does: so the events bear their mark, and
 * nobody counts them again.
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
    if (events.length === MOST_EVENTS) addUp();
  }
  addUp();
  yield* withPublications(countedItems(counts, lastDays));
}

function isEvent(item: PrimaryKey | EnterpriseEvent): item is EnterpriseEvent {
  return 'type' in item && (item.type === 'OperationReported' || item.type === 'EnterpriseChanged');
}
