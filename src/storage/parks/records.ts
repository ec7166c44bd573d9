import { type IdPrefix, placeOfId, prefixOfId } from '../../domain/ids.ts';
import type { Publication } from '../../domain/records/publication.ts';
import type { Versioned } from '../../domain/records/record.ts';
import { batchRead } from '../dynamodb/batch.ts';
import { type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../dynamodb/idempotency.ts';
import type { Table } from '../dynamodb/table.ts';
import type { Stale } from '../dynamodb/transaction.ts';
import { answeredVersion, commitVersion, type VersionedItem } from '../dynamodb/versioned-item.ts';
import type { Write } from '../dynamodb/write.ts';
import { isStorable, type PrimaryKey, parkKeys } from '../tables.ts';
import {
  type IndicatorItem,
  type ParkControlItem,
  type ParkItem,
  type PolicyItem,
  recordVersionItem,
  type ZoneItem,
} from './items.ts';

export type ReferencedItem = ZoneItem | ParkItem | ParkControlItem | PolicyItem | IndicatorItem;

/** The facts that decide the next version of a record. */
export interface LoadedRecord<Item> {
  readonly earlier: Earlier;
  /** The current version; null where there is no such record. */
  readonly before: Item | null;
  /**
   * The zones, parks, lists of control units, policies and indicators that the new version refers to, by id; without those
   * that don't exist. A unit's id stands for its park's list.
   */
  readonly known: ReadonlyMap<string, ReferencedItem>;
}

/**
 * Publishes versions of one kind of record. A publication is one transaction: the version, which is new, the current item
 * in its place, what is derived of it, and the key's record.
 */
export interface Records<Facts extends Versioned, Item> {
  /** @param references ids of the records that the new version refers to */
  load(once: OnceRequest, id: string, references?: readonly string[]): Promise<LoadedRecord<Item>>;
  publish(
    once: OnceRequest,
    loaded: LoadedRecord<Item>,
    facts: Facts,
    publication: Publication,
  ): Promise<OnceOutcome<Stale>>;
  /** Returns the record of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<Item>;
  /** Returns the item that `publish` writes. */
  itemOf(facts: Facts): Item;
}

/** The kind of a record: where it is stored, and what is derived of it. */
export interface RecordKind<Facts extends Versioned, Item extends VersionedItem> {
  readonly keyOf: (id: string) => PrimaryKey;
  readonly itemOf: (facts: Facts) => Item;
  /** Returns the part of the facts that the history item stores; by default all of them. */
  readonly historyOf?: (facts: Facts) => Versioned;
  /** Returns the writes of what belongs to the record, e.g. its entries in lists. */
  readonly derived?: (before: Item | null, after: Item, facts: Facts) => readonly Write<Stale>[];
}

/** The keys of records by the prefix of their ids. */
const REFERENCE_KEYS: Readonly<Partial<Record<IdPrefix, (id: string) => PrimaryKey>>> = {
  zone: parkKeys.zone,
  park: parkKeys.park,
  unit: (id) => parkKeys.control(placeOfId(id).parkId),
  policy: parkKeys.policy,
  ind: parkKeys.indicator,
};

/** Returns the key of a record by its id; null for what is no id of a record. */
function referenceKey(id: string): PrimaryKey | null {
  const prefix = prefixOfId(id);
  return (prefix && REFERENCE_KEYS[prefix]?.(id)) ?? null;
}

export function openRecords<Facts extends Versioned, Item extends VersionedItem>(
  table: Table,
  { keyOf, itemOf, historyOf = (facts) => facts, derived = () => [] }: RecordKind<Facts, Item>,
): Records<Facts, Item> {
  return {
    itemOf,
    async load(once, id, references = []) {
      const keys = [onceKey(table, once), keyOf(id), ...references.map(referenceKey)];
      const known = keys.filter((key): key is PrimaryKey => key !== null && isStorable(key));
      const found = await batchRead<PrimaryKey>(table, known, { consistent: true });
      const items = new Map(known.map((key, i) => [key, found[i] ?? null]));
      const [record = null, before = null, ...others] = keys.map((key) => (key && items.get(key)) ?? null);
      return {
        earlier: await earlierOf(table, record, once),
        before: before as Item | null,
        known: new Map(
          references.flatMap((reference, i) => (others[i] ? [[reference, others[i] as ReferencedItem] as const] : [])),
        ),
      };
    },
    publish(once, { before }, facts, publication) {
      const after = itemOf(facts);
      const history = recordVersionItem(after, historyOf(facts), publication);
      return commitVersion(table, once, { before, after, history }, derived(before, after, facts));
    },
    answered: (answer) => answeredVersion<Item>(table, answer),
  };
}
