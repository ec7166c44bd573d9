/** The sums of events. The stream's consumer and the rebuild both count by it. */
import { EMPTY_TALLY, tallyChange } from '../../../domain/published-figures/resumption.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseEvent, ParkDayItem, ParkFiguresItem } from '../items.ts';
import { type Counters, listingCounters, stepCounters } from './figures.ts';

/** An addition to one counted item. */
export interface Count {
  readonly key: PrimaryKey;
  /** The attributes that identify the item. */
  readonly identity: Pick<ParkDayItem, 'type' | 'parkId' | 'on'> | Pick<ParkFiguresItem, 'type' | 'parkId'>;
  readonly add: Counters;
}

/** Returns the additions of one event, to one item or several. */
export function countsOf(event: EnterpriseEvent): readonly Count[] {
  switch (event.type) {
    case 'OperationReported': {
      const { parkId, on, before, after } = event;
      const add: Record<keyof typeof EMPTY_TALLY, number> = tallyChange(before, after);
      return [{ key: enterpriseKeys.parkDay(parkId, on), identity: { type: 'ParkDay', parkId, on }, add }];
    }
    case 'EnterpriseChanged':
      return [
        ...event.steps.map((step) => figuresCount(step.parkId, stepCounters(step))),
        ...event.listedBefore.map((listing) => figuresCount(listing.parkId, listingCounters(listing, -1))),
        ...event.listedAfter.map((listing) => figuresCount(listing.parkId, listingCounters(listing, 1))),
      ];
  }
}

function figuresCount(parkId: string, add: Counters): Count {
  return { key: enterpriseKeys.parkFigures(parkId), identity: { type: 'ParkFigures', parkId }, add };
}

/** Returns whether an event has the fields of its type. Others would corrupt the sums for good. */
export function isSound(event: EnterpriseEvent): boolean {
  try {
    const counts = countsOf(event);
    return counts.every(({ add }) => Object.values(add).every((by) => Number.isSafeInteger(by)));
  } catch {
    return false;
  }
}

/** Returns the sum of additions, one for each item. */
export function sumCounts(counts: Iterable<Count>): readonly Count[] {
  const sums = new Map<string, Count & { add: Record<string, number> }>();
  for (const { key, identity, add } of counts) {
    const text = `${key.pk}\0${key.sk}`;
    const sum = sums.get(text) ?? { key, identity, add: {} };
    for (const [name, by] of Object.entries(add)) sum.add[name] = (sum.add[name] ?? 0) + by;
    sums.set(text, sum);
  }
  return [...sums.values()];
}

/** Returns the last reported day of each park, from events and the days known before. */
export function lastReportedDays(
  events: Iterable<EnterpriseEvent>,
  known: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const days = new Map(known);
  for (const event of events) {
    if (event.type === 'OperationReported' && event.on > (days.get(event.parkId) ?? ''))
      days.set(event.parkId, event.on);
  }
  return days;
}

/** Returns the counted items with exactly these sums. */
export function countedItems(
  sums: readonly Count[],
  lastDays: ReadonlyMap<string, string>,
): (ParkDayItem | ParkFiguresItem)[] {
  const reporting = Array.from(lastDays.keys(), (parkId) => figuresCount(parkId, {}));
  return sumCounts([...sums, ...reporting]).map(({ key, identity, add }) => {
    if (identity.type === 'ParkDay') return { ...key, ...identity, ...EMPTY_TALLY, ...add };
    const lastReportedOn = lastDays.get(identity.parkId);
    return { ...key, ...identity, ...add, ...(lastReportedOn === undefined ? {} : { lastReportedOn }) };
  });
}
