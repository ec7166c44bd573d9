/** The sums of events. The stream's consumer and the rebuild both count by it. */
import type { Classification } from '../../../domain/enterprises/classification.ts';
import type { Sector, SizeClass } from '../../../domain/enterprises/industry.ts';
import { EMPTY_TALLY, type ReportFigures, tallyChange } from '../../../domain/published-figures/resumption.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type {
  CountedItem,
  EnterpriseChangedEvent,
  EnterpriseEvent,
  OperationReportedEvent,
  ParkFiguresItem,
} from '../items.ts';
import { sharesCount } from './day-shares.ts';
import { type Counters, periodsOf, STEP_SUMS, stepCounters } from './park-figures.ts';

/** An addition to one counted item. */
export interface Count {
  readonly key: PrimaryKey;
  /** The attributes that identify the item. */
  readonly identity: { readonly type: CountedItem['type']; readonly parkId: string; readonly on?: string };
  readonly add: Counters;
}

/** Returns the additions of one event, to one item or several. */
export function countsOf(event: EnterpriseEvent): readonly Count[] {
  return event.type === 'OperationReported' ? reportCounts(event) : changeCounts(event);
}

function reportCounts(event: OperationReportedEvent): readonly Count[] {
  const { parkId, on, sector, sizeClass, before, after } = event;
  const add: Record<keyof typeof EMPTY_TALLY, number> = tallyChange(before, after);
  const part = (name: string, from: ReportFigures | null, to: ReportFigures | null): Count => ({
    key: enterpriseKeys.parkDayParts(parkId, on),
    identity: { type: 'ParkDayParts', parkId, on },
    add: Object.fromEntries(Object.entries(tallyChange(from, to)).map(([counter, by]) => [`${name}/${counter}`, by])),
  });
  return [
    { key: enterpriseKeys.parkDay(parkId, on), identity: { type: 'ParkDay', parkId, on }, add },
    part(sector, before, after),
    part(sizeClass, before, after),
    sharesCount(event),
    ...(before ? [part(before.mode, before, null)] : []),
    ...(after ? [part(after.mode, null, after)] : []),
  ];
}

function changeCounts({ steps, listedBefore, listedAfter }: EnterpriseChangedEvent): readonly Count[] {
  return [
    ...steps.flatMap((step) => [
      figuresCount(step.parkId, {}),
      ...STEP_SUMS.flatMap((sums) =>
        periodsOf(step.on).map(
          ({ period, part }): Count => ({
            key: enterpriseKeys.parkSteps(step.parkId, sums, period),
            identity: { type: 'ParkSteps', parkId: step.parkId },
            add: stepCounters(sums, part, step),
          }),
        ),
      ),
    ]),
    ...listedBefore.map((listing) => figuresCount(listing.parkId, listingCounters(listing, -1))),
    ...listedAfter.map((listing) => figuresCount(listing.parkId, listingCounters(listing, 1))),
  ];
}

function figuresCount(parkId: string, add: Counters): Count {
  return { key: enterpriseKeys.parkFigures(parkId), identity: { type: 'ParkFigures', parkId }, add };
}

/** Returns the counters of a stay in a park's lists. */
function listingCounters({ sector, sizeClass }: Classification, by: 1 | -1): Counters {
  return { listed: by, [`listed/${sector}`]: by, [`listed/${sizeClass}`]: by };
}

/** Returns the number of stays in a park's list; only those of one sector or one size class where given. */
export function listedCount(
  figures: ParkFiguresItem | null,
  of: { readonly sector: Sector } | { readonly size: SizeClass } | null,
): number {
  const count = figures?.[of === null ? 'listed' : `listed/${'sector' in of ? of.sector : of.size}`];
  return typeof count === 'number' ? count : 0;
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

/** Returns the last day of each park that was ever reported, from events and the days known before. */
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
export function countedItems(sums: readonly Count[], lastDays: ReadonlyMap<string, string>): readonly CountedItem[] {
  const reporting = Array.from(lastDays.keys(), (parkId) => figuresCount(parkId, {}));
  return sumCounts([...sums, ...reporting]).map(({ key, identity, add }) => {
    const counters = identity.type === 'ParkDay' ? { ...EMPTY_TALLY, ...add } : add;
    const item = { ...key, ...identity, ...counters } as CountedItem;
    if (item.type !== 'ParkFigures') return item;
    const lastReportedOn = lastDays.get(item.parkId);
    return lastReportedOn === undefined ? item : ({ ...item, lastReportedOn } satisfies ParkFiguresItem);
  });
}

/** The types of the counted items. */
export const COUNTED_TYPES = [
  'ParkDay',
  'ParkDayParts',
  'ParkDayShares',
  'ParkFigures',
  'ParkSteps',
] as const satisfies readonly CountedItem['type'][];

export function isCounted(item: { readonly type: string }): item is CountedItem {
  return COUNTED_TYPES.some((type) => type === item.type);
}
