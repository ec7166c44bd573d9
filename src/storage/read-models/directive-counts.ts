import { attributeIs, existsWithout, isNew } from '../dynamodb/condition.ts';
import { readItem, readRange, scanPages } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../dynamodb/transaction.ts';
import { put } from '../dynamodb/write.ts';
import {
  type CountedAnswers,
  type DirectiveAnswerItem,
  type DirectiveCountsItem,
  directiveCountsItem,
} from '../enterprises/directives/items.ts';
import { enterpriseKeys } from '../tables/enterprises.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { type Comparison, type OpenTables, type ReadModel, textOfKey } from './read-model.ts';
import { compareSums } from './sums.ts';

/** The answers to each version of a directive, counted in the transaction of the answer. */
export const directiveCounts: ReadModel = {
  name: 'directive-counts',
  title: 'counts of answers to directives',
  compare: async (open) => (await compare(open)).comparison,
  async rebuild(open) {
    const { comparison, places } = await compare(open);
    for (const difference of comparison.differences) {
      const place = places.get(textOfKey(difference));
      if (place) await recount(open('enterprises'), place);
    }
    return comparison;
  },
};

interface Compared {
  readonly comparison: Comparison;
  readonly places: ReadonlyMap<string, CountedAnswers>;
}

async function compare(open: OpenTables): Promise<Compared> {
  const stored = new Map<string, PrimaryKey>();
  const places = new Map<string, CountedAnswers>();
  const answers = new Map<string, DirectiveAnswerItem[]>();
  const types = ['DirectiveAnswer', 'DirectiveCounts'] as const;
  for await (const page of scanPages<DirectiveAnswerItem | DirectiveCountsItem>(open('enterprises'), types)) {
    for (const item of page) {
      const key = textOfKey(enterpriseKeys.directiveCounts(item.directiveId, item.parkId, item.directiveVersion));
      if (item.type === 'DirectiveCounts') {
        places.set(key, item);
        // Counts of a version to which no answer is the newest are all 0: as good as none.
        if (item.ACKNOWLEDGED || item.COMPLIED || item.DECLINED) stored.set(key, { ...item, changes: 0 } as PrimaryKey);
      } else if (item.enterpriseId !== null) {
        places.set(key, item);
        answers.set(key, [...(answers.get(key) ?? []), item]);
      }
    }
  }
  const expected = Array.from(answers, ([, counted]) => directiveCountsItem(counted[0]!, counted, 0));
  return { comparison: compareSums(expected, stored), places };
}

/** Counts from before there was a rebuild don't count their changes. */
const changesAre = (seen: number | undefined) =>
  seen === undefined ? existsWithout('changes') : attributeIs('changes', seen);

const MAX_ATTEMPTS = 5;

/** Counts the answers in a park anew. Each answer raises `changes`, so a count that missed one is not written. */
async function recount(table: Table, { directiveId, parkId, directiveVersion }: CountedAnswers): Promise<void> {
  const place = { directiveId, parkId, directiveVersion };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const key = enterpriseKeys.directiveCounts(directiveId, parkId, directiveVersion);
    const before = await readItem<DirectiveCountsItem>(table, key, { consistent: true });
    const { pk, sk } = enterpriseKeys.directiveAnswer(directiveId, parkId, '');
    const range = { partition: pk, sort: { beginsWith: sk }, consistent: true };
    const answers = (await readRange<DirectiveAnswerItem>(table, range)).filter(
      (item) =>
        item.type === 'DirectiveAnswer' && item.enterpriseId !== null && item.directiveVersion === directiveVersion,
    );
    const when = before ? changesAre(before.changes) : isNew;
    const after = directiveCountsItem(place, answers, (before?.changes ?? 0) + 1);
    if ((await transact<Stale>(table, [put(after, { when, otherwise: STALE })])).committed) return;
  }
}
