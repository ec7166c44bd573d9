/** Read models whose items each follow from a range of others: a rebuild counts one place after another anew. */
import type { StoreName } from '../../config.ts';
import { resumablePages } from '../dynamodb/rebuilds/resumable-pages.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { attributeIs, existsWithout, remove } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { comparable } from './derived-items.ts';
import { type Comparison, type OpenTables, type ReadModel, type ReadModelDifference, textOfKey } from './read-model.ts';

interface Recounted<Item, Place> {
  readonly name: string;
  readonly title: string;
  readonly store: StoreName;
  /** The types of the counts and of what they count. */
  readonly types: readonly string[];
  /** Returns the place that an item counts in; null for none. */
  placeOf(item: Item): Place | null;
  keyOf(place: Place): PrimaryKey;
  /** Compares all places without writing. */
  compare(open: OpenTables): Promise<Comparison>;
  /**
   * Puts the count of one place right, on condition that nothing is counted beside it.
   * @returns the difference; null where the count was right
   */
  recount(table: Table, place: Place): Promise<ReadModelDifference | null>;
}

/**
 * Returns a read model that is rebuilt page by page: the places of a page are counted anew, and the position is stored.
 * A reader finds each count as it was or as it has to be.
 */
export function recountedItems<Item extends PrimaryKey & { readonly type: string }, Place>(
  of: Recounted<Item, Place>,
): ReadModel {
  return {
    name: of.name,
    title: of.title,
    compare: (open) => of.compare(open),
    async rebuild(open, { onRead, itemsAPage } = {}) {
      const table = open(of.store);
      const position = { pk: 'REBUILD', sk: `POSITION#${of.name}`, type: 'RebuildPosition' };
      const differences: ReadModelDifference[] = [];
      let items = 0;
      const pages = resumablePages<Item>(table, {
        position,
        types: of.types,
        ...(itemsAPage && { itemsAPage }),
        ...(onRead && { onRead }),
      });
      for await (const page of pages) {
        const places = new Map(
          page.flatMap((item) => {
            const place = of.placeOf(item);
            return place === null ? [] : [[textOfKey(of.keyOf(place)), place] as const];
          }),
        );
        for (const place of places.values()) {
          const difference = await of.recount(table, place);
          if (difference) differences.push(difference);
        }
        items += places.size;
      }
      await transact(table, [remove(position)]);
      return { items, differences };
    },
  };
}

/** Returns the difference of a count; null where both say the same. Counters of 0 are as good as none. */
export function differenceOf(stored: PrimaryKey | null, wanted: PrimaryKey): ReadModelDifference | null {
  const said = (item: PrimaryKey | null) =>
    comparable(
      Object.fromEntries(Object.entries(item ?? {}).filter(([name, value]) => value !== 0 && name !== 'changes')),
    );
  const { pk, sk } = wanted;
  return stored && said(stored) === said(wanted) ? null : { pk, sk, fault: stored ? 'DIFFERENT' : 'MISSING' };
}

/** Returns the condition that counts are as they were seen. Counts from before there was a rebuild don't count their changes. */
export const changesAre = (seen: number | undefined) =>
  seen === undefined ? existsWithout('changes') : attributeIs('changes', seen);
