/** Sums that stream consumers add to, each event once. */
import { scanPages } from '../dynamodb/read.ts';
import type { CountedItem, EnterpriseEvent } from '../enterprises/items.ts';
import {
  COUNTED_TYPES,
  type Count,
  countedItems,
  countsOf,
  isCounted,
  isSound,
  lastReportedDays,
  sumCounts,
} from '../enterprises/published-figures/counting.ts';
import { rebuildTallies } from '../enterprises/published-figures/rebuild-tallies.ts';
import type { PrimaryKey } from '../tables/key.ts';
import type { WorkItem } from '../talent/items.ts';
import { rebuildWorkCounts } from '../talent/work-list/rebuild-work-counts.ts';
import {
  type CountedAs,
  type CountedWorkItem,
  countedWorkItem,
  type WorkTallyItem,
  workTallyItems,
} from '../talent/work-list/work-count-items.ts';
import { comparable } from './derived-items.ts';
import { type Comparison, type OpenTables, type ReadModel, type ReadModelDifference, textOfKey } from './read-model.ts';

export const parkFigures: ReadModel = {
  name: 'park-figures',
  title: "sums of parks' reports and residents",
  compare: compareParkFigures,
  async rebuild(open, options) {
    const { items, stored } = await rebuildTallies(open('enterprises'), options);
    return compareSums(items, byKey(stored));
  },
};

/** Compares with the events that are counted: one that no consumer has met yet is missing in no sum. */
async function compareParkFigures(open: OpenTables): Promise<Comparison> {
  const stored = new Map<string, PrimaryKey>();
  let sums: readonly Count[] = [];
  let lastDays: ReadonlyMap<string, string> = new Map();
  type Stored = EnterpriseEvent | CountedItem;
  const types = [...COUNTED_TYPES, 'OperationReported', 'EnterpriseChanged'] as const;
  for await (const page of scanPages<Stored>(open('enterprises'), types)) {
    const counted: EnterpriseEvent[] = [];
    for (const item of page) {
      if (isCounted(item)) stored.set(textOfKey(item), item);
      else if (item.countedAt !== undefined) counted.push(item);
    }
    const sound = counted.filter(isSound);
    sums = sumCounts([...sums, ...sound.flatMap(countsOf)]);
    lastDays = lastReportedDays(sound, lastDays);
  }
  return compareSums(countedItems(sums, lastDays), stored);
}

export const workCounts: ReadModel = {
  name: 'work-counts',
  title: "sums of agencies' work lists",
  compare: compareWorkCounts,
  async rebuild(open, options) {
    const { items, stored } = await rebuildWorkCounts(open('talent'), options);
    return compareSums(items, byKey(stored));
  },
};

async function compareWorkCounts(open: OpenTables): Promise<Comparison> {
  const stored = new Map<string, PrimaryKey>();
  const entries: CountedAs[] = [];
  type Stored = WorkItem | CountedWorkItem | WorkTallyItem;
  for await (const page of scanPages<Stored>(open('talent'), ['Work', 'CountedWork', 'WorkTally'])) {
    for (const item of page) {
      if (item.type === 'Work') entries.push(item);
      else stored.set(textOfKey(item), item);
    }
  }
  const tallies = workTallyItems(entries.map((entry) => ({ entry, by: 1 })));
  return compareSums([...entries.map(countedWorkItem), ...tallies], stored);
}

const byKey = (items: readonly PrimaryKey[]) => new Map(items.map((item) => [textOfKey(item), item]));

/** Compares sums, in which a counter of 0 is the same as none. */
export function compareSums(expected: readonly PrimaryKey[], stored: Map<string, PrimaryKey>): Comparison {
  const differences: ReadModelDifference[] = [];
  const needless = new Map(stored);
  for (const item of expected) {
    const known = needless.get(textOfKey(item));
    needless.delete(textOfKey(item));
    if (known && comparable(withoutZeros(known)) === comparable(withoutZeros(item))) continue;
    differences.push({ pk: item.pk, sk: item.sk, fault: known ? 'DIFFERENT' : 'MISSING' });
  }
  for (const { pk, sk } of needless.values()) differences.push({ pk, sk, fault: 'NEEDLESS' });
  return { items: Math.max(expected.length, stored.size), differences };
}

function withoutZeros(item: PrimaryKey) {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== 0));
}
