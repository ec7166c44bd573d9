import type { StoreName } from '../../config.ts';
import { canonical } from '../../domain/canonical.ts';
import { scanPages } from '../dynamodb/read.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import type { Write } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { type Comparison, type OpenTables, type ReadModel, textOfKey } from './read-model.ts';

type Typed = PrimaryKey & { readonly type: string };

/** A refusal of a repair: a request or a consumer has changed the item since, and keeps it right by itself. */
export const CHANGED = 'CHANGED';
type Changed = typeof CHANGED;

/** How the items of a read model follow from those of a table, each from one. */
export interface Derivation<Source extends Typed, Item extends Typed> {
  readonly name: string;
  readonly title: string;
  readonly source: { readonly store: StoreName; readonly type: Source['type'] };
  readonly target: { readonly store: StoreName; readonly type: Item['type'] };
  /** Returns the items that follow from a source. */
  itemsOf(source: Source): readonly Item[];
  /** Returns the attributes of an item that are compared; without it, all are. */
  readonly facts?: (item: Item) => unknown;
  /** Returns the id of the source of a stored item. */
  sourceOf(item: Item): string;
  idOf(source: Source): string;
  /** Returns the writes that put an item right, as conditional as a consumer's. */
  put(item: Item, source: Source): readonly Write<Changed>[];
  /** @param source the one that the item names; undefined where there is none */
  remove(item: Item, source: Source | undefined): readonly Write<Changed>[];
}

interface Difference<Source, Item> {
  readonly stored: Item | undefined;
  /** The item as it follows from its source; undefined for a needless one. */
  readonly wanted: { readonly item: Item; readonly source: Source } | undefined;
  /** The source that a needless item names. */
  readonly named: Source | undefined;
}

/** Returns the read model of items that each follow from one item of a table. */
export function derivedItems<Source extends Typed, Item extends Typed>(of: Derivation<Source, Item>): ReadModel {
  return {
    name: of.name,
    title: of.title,
    compare: async (open) => report(await differencesOf(of, open)),
    async rebuild(open) {
      const found = await differencesOf(of, open);
      await transactGroups<Changed>(
        open(of.target.store),
        found.differences.map(({ stored, wanted, named }) => {
          if (wanted) return of.put(wanted.item, wanted.source);
          return stored ? of.remove(stored, named) : [];
        }),
      );
      return report(found);
    },
  };
}

interface Found<Source, Item> {
  readonly items: number;
  readonly differences: readonly Difference<Source, Item>[];
}

/** Reads the stored items before their sources: an item that is written meanwhile is never taken for a needless one. */
async function differencesOf<Source extends Typed, Item extends Typed>(
  of: Derivation<Source, Item>,
  open: OpenTables,
): Promise<Found<Source, Item>> {
  const { facts = (item) => item } = of;
  const stored = new Map<string, Item>();
  for await (const page of scanPages<Item>(open(of.target.store), [of.target.type])) {
    for (const item of page) stored.set(textOfKey(item), item);
  }
  const differences: Difference<Source, Item>[] = [];
  const named = new Map<string, Source>();
  let items = stored.size;
  for await (const page of scanPages<Source>(open(of.source.store), [of.source.type])) {
    for (const source of page) {
      named.set(of.idOf(source), source);
      for (const item of of.itemsOf(source)) {
        const known = stored.get(textOfKey(item));
        stored.delete(textOfKey(item));
        if (!known) items += 1;
        if (known && comparable(facts(known)) === comparable(facts(item))) continue;
        differences.push({ stored: known, wanted: { item, source }, named: undefined });
      }
    }
  }
  for (const item of stored.values()) {
    differences.push({ stored: item, wanted: undefined, named: named.get(of.sourceOf(item)) });
  }
  return { items, differences };
}

function report<Source extends Typed, Item extends Typed>({ items, differences }: Found<Source, Item>): Comparison {
  return {
    items,
    differences: differences.flatMap(({ stored, wanted }) => {
      const key = wanted?.item ?? stored;
      if (!key) return [];
      const fault = !wanted ? 'NEEDLESS' : stored ? 'DIFFERENT' : 'MISSING';
      return [{ pk: key.pk, sk: key.sk, fault }];
    }),
  };
}

/** Returns a text that equal values share, whatever the order of their fields and sets. */
export function comparable(value: unknown): string {
  return canonical(withListedSets(value));
}

function withListedSets(value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(withListedSets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withListedSets(field)]));
}
