import { type Count, countsOf, lastReportedDays, sumCounts } from '../../storage/enterprises/counting.ts';
import type { EnterpriseEvent } from '../../storage/enterprises/items.ts';
import type { PrimaryKey } from '../../storage/tables.ts';

/** So many counts are kept before they are added up. */
const MOST_COUNTS = 20_000;

/**
 * Items as they come, then what their events add up to: the tallies and figures of the parks, counted as the stream's
 * consumer and the rebuild count. An import tells no stream, and a batch write does: so the events bear their mark, and
 * nobody counts them again.
 */
export function* withCounts(items: Iterable<PrimaryKey | EnterpriseEvent>): Generator<PrimaryKey> {
  let counts: readonly Count[] = [];
  let added: Count[] = [];
  const lastDays = new Map<string, string>();
  for (const item of items) {
    if (!isEvent(item)) {
      yield item;
      continue;
    }
    const counted: EnterpriseEvent = { ...item, countedAt: item.at };
    yield counted;
    added.push(...countsOf(item));
    for (const [parkId, day] of lastReportedDays([item])) {
      if (day > (lastDays.get(parkId) ?? '')) lastDays.set(parkId, day);
    }
    if (added.length < MOST_COUNTS) continue;
    counts = sumCounts([...counts, ...added]);
    added = [];
  }
  for (const { key, identity, add } of sumCounts([...counts, ...added])) {
    const lastReportedOn = identity.type === 'ParkFigures' ? lastDays.get(identity.parkId) : undefined;
    yield { ...key, ...identity, ...add, ...(lastReportedOn === undefined ? {} : { lastReportedOn }) };
  }
}

function isEvent(item: PrimaryKey | EnterpriseEvent): item is EnterpriseEvent {
  return 'type' in item && (item.type === 'OperationReported' || item.type === 'EnterpriseChanged');
}
