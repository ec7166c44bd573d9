import { readItem, readRange, scanPages } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../dynamodb/transaction.ts';
import { isNew, put } from '../dynamodb/write.ts';
import {
  type CountedAnswers,
  type DirectiveAnswerItem,
  type DirectiveCountsItem,
  directiveCountsItem,
} from '../enterprises/directives/items.ts';
import { enterpriseKeys } from '../tables/enterprises.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { type OpenTables, type ReadModelDifference, textOfKey } from './read-model.ts';
import { changesAre, differenceOf, recountedItems } from './recounts.ts';
import { compareSums } from './sums.ts';

type Counted = DirectiveAnswerItem | DirectiveCountsItem;

/** The answers to each version of a directive, counted in the transaction of the answer. */
export const directiveCounts = recountedItems<Counted, CountedAnswers>({
  name: 'directive-counts',
  title: 'counts of answers to directives',
  store: 'enterprises',
  types: ['DirectiveAnswer', 'DirectiveCounts'],
  placeOf: (item) => (item.type === 'DirectiveAnswer' && item.enterpriseId === null ? null : item),
  keyOf: ({ directiveId, parkId, directiveVersion }) =>
    enterpriseKeys.directiveCounts(directiveId, parkId, directiveVersion),
  compare,
  recount,
});

async function compare(open: OpenTables) {
  const stored = new Map<string, PrimaryKey>();
  const answers = new Map<string, DirectiveAnswerItem[]>();
  for await (const page of scanPages<Counted>(open('enterprises'), ['DirectiveAnswer', 'DirectiveCounts'])) {
    for (const item of page) {
      const key = textOfKey(enterpriseKeys.directiveCounts(item.directiveId, item.parkId, item.directiveVersion));
      if (item.type === 'DirectiveCounts') {
        // Counts of a version to which no answer is the newest are all 0: as good as none.
        if (item.ACKNOWLEDGED || item.COMPLIED || item.DECLINED) stored.set(key, { ...item, changes: 0 } as PrimaryKey);
      } else if (item.enterpriseId !== null) {
        answers.set(key, [...(answers.get(key) ?? []), item]);
      }
    }
  }
  const expected = Array.from(answers, ([, counted]) => directiveCountsItem(counted[0]!, counted, 0));
  return compareSums(expected, stored);
}

const MAX_ATTEMPTS = 5;

/** Counts the answers in a park anew. Each answer raises `changes`, so a count that missed one is not written. */
async function recount(
  table: Table,
  { directiveId, parkId, directiveVersion }: CountedAnswers,
): Promise<ReadModelDifference | null> {
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
    const difference = answers.length === 0 && !before ? null : differenceOf(before, after);
    if (!difference) return null;
    if ((await transact<Stale>(table, [put(after, { when, otherwise: STALE })])).committed) return difference;
  }
  return null;
}
