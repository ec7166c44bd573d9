import type { StoreName } from '../../config.ts';
import { canonical } from '../../domain/canonical.ts';
import { batchRead } from '../dynamodb/batch.ts';
import { scanPages } from '../dynamodb/read.ts';
import { resumablePages } from '../dynamodb/rebuilds/resumable-pages.ts';
import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { transact } from '../dynamodb/transaction.ts';
import { remove, type Write } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { type OpenTables, type ReadModel, type ReadModelDifference, textOfKey } from './read-model.ts';

type Typed = PrimaryKey & { readonly type: string };

/** A refusal of a repair: a request or a consumer has changed the item since, and keeps it right by itself. */
export const CHANGED = 'CHANGED';
type Changed = typeof CHANGED;

/** How the items of a read model follow from those of a table, each from one. */
export interface Derivation<Source extends Typed, Item extends Typed> {
  readonly name: string;
  readonly title: string;
  readonly source: { readonly store: StoreName; readonly type: Source['type'] | readonly Source['type'][] };
  readonly target: { readonly store: StoreName; readonly type: Item['type'] };
  /** Returns the items that follow from a source. */
  itemsOf(source: Source): readonly Item[];
  /** Returns the attributes of an item that are compared; without it, all are. */
  readonly facts?: (item: Item) => unknown;
  /** Returns the id of the source of a stored item. */
  sourceOf(item: Item): string;
  /** Returns the key of the source with an id. */
  sourceKey(id: string): PrimaryKey;
  /** Returns the writes that put an item right, as conditional as a consumer's. */
  put(item: Item, source: Source): readonly Write<Changed>[];
  /** @param source the one that the item names; undefined where there is none */
  remove(item: Item, source: Source | undefined): readonly Write<Changed>[];
}

interface Difference {
  readonly key: ReadModelDifference;
  readonly repair: readonly Write<Changed>[];
}

/** The differences of one page, and how many stored or wanted items it has. */
interface Compared {
  readonly items: number;
  readonly differences: readonly Difference[];
}

/** Reads a table page by page. */
type Pages = <Read extends Typed>(store: StoreName, types: readonly string[], pass: string) => AsyncGenerator<Read[]>;

/**
 * Returns the read model of items that each follow from one item of a table. A rebuild corrects them in place, page by
 * page, so that a reader finds each item as it was or as it has to be.
 */
export function derivedItems<Source extends Typed, Item extends Typed>(of: Derivation<Source, Item>): ReadModel {
  return {
    name: of.name,
    title: of.title,
    async compare(open) {
      const report = emptyReport();
      const pages: Pages = (store, types) => scanPages(open(store), types);
      for await (const page of comparedPages(of, open, pages)) addTo(report, page);
      return report;
    },
    async rebuild(open, { onRead, itemsAPage } = {}) {
      const report = emptyReport();
      const positions = new Map<StoreName, PrimaryKey[]>();
      const pages: Pages = (store, types, pass) => {
        const position = { pk: 'REBUILD', sk: `POSITION#${of.name}#${pass}`, type: 'RebuildPosition' };
        positions.set(store, [...(positions.get(store) ?? []), position]);
        return resumablePages(open(store), {
          position,
          types,
          ...(itemsAPage && { itemsAPage }),
          ...(onRead && { onRead }),
        });
      };
      for await (const page of comparedPages(of, open, pages)) {
        await transactGroups<Changed>(
          open(of.target.store),
          page.differences.map(({ repair }) => repair),
        );
        addTo(report, page);
      }
      for (const [store, keys] of positions)
        await transact(
          open(store),
          keys.map((key) => remove(key)),
        );
      return report;
    },
  };
}

const emptyReport = () => ({ items: 0, differences: [] as ReadModelDifference[] });

function addTo(report: ReturnType<typeof emptyReport>, { items, differences }: Compared): void {
  report.items += items;
  report.differences.push(...differences.map(({ key }) => key));
}

/**
 * Compares page by page: first every source with the items that follow from it, then every stored item with its source. An
 * item is read before its source, so that one that is written meanwhile is never taken for a needless one.
 */
async function* comparedPages<Source extends Typed, Item extends Typed>(
  of: Derivation<Source, Item>,
  open: OpenTables,
  pages: Pages,
): AsyncGenerator<Compared> {
  for await (const sources of pages<Source>(of.source.store, [of.source.type].flat(), 'SOURCES')) {
    yield { items: 0, differences: await missingOrDifferent(of, open, sources) };
  }
  for await (const stored of pages<Item>(of.target.store, [of.target.type], 'ITEMS')) {
    yield { items: stored.length, differences: await needless(of, open, stored) };
  }
}

async function missingOrDifferent<Source extends Typed, Item extends Typed>(
  of: Derivation<Source, Item>,
  open: OpenTables,
  sources: readonly Source[],
): Promise<Difference[]> {
  const { facts = (item) => item } = of;
  const wanted = sources.flatMap((source) => of.itemsOf(source).map((item) => ({ item, source })));
  const stored = await readAll<Item>(
    open(of.target.store),
    wanted.map(({ item }) => item),
  );
  return wanted.flatMap(({ item, source }, i): Difference[] => {
    const known = stored[i];
    if (known && comparable(facts(known)) === comparable(facts(item))) return [];
    const fault = known ? 'DIFFERENT' : 'MISSING';
    return [{ key: { pk: item.pk, sk: item.sk, fault }, repair: of.put(item, source) }];
  });
}

async function needless<Source extends Typed, Item extends Typed>(
  of: Derivation<Source, Item>,
  open: OpenTables,
  stored: readonly Item[],
): Promise<Difference[]> {
  const sources = await readAll<Source>(
    open(of.source.store),
    stored.map((item) => of.sourceKey(of.sourceOf(item))),
  );
  return stored.flatMap((item, i): Difference[] => {
    const source = sources[i] ?? undefined;
    if (source && of.itemsOf(source).some((wanted) => textOfKey(wanted) === textOfKey(item))) return [];
    return [{ key: { pk: item.pk, sk: item.sk, fault: 'NEEDLESS' }, repair: of.remove(item, source) }];
  });
}

const readAll = <Read extends PrimaryKey>(table: Table, keys: readonly PrimaryKey[]) =>
  batchRead<Read>(table, keys, { consistent: true });

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
