/**
 * Follows what enterprises need and supply, from the stream of enterprises. The records of one enterprise come in order, each
 * at least once.
 */
import { canonical } from '../../../domain/canonical.ts';
import { readEntries } from '../../dynamodb/page.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { transact } from '../../dynamodb/transaction.ts';
import {
  and,
  attributeIs,
  check,
  exists,
  isNew,
  missingOrLess,
  put,
  remove,
  type Write,
} from '../../dynamodb/write.ts';
import { linkageKeys, type PrimaryKey } from '../../tables.ts';
import {
  enterpriseSupplyItem,
  fillingSiteItems,
  type GoodsSuppliersItem,
  type GoodsSupplyItem,
  goodsNeedItems,
  goodsSuppliersItem,
  goodsSupplyItems,
  MAX_LISTED_SUPPLIERS,
  type SuppliedCopy,
  type SuppliersPlace,
} from './items.ts';

/** A change of an enterprise; `before` is null for a new one. */
export interface ChangedSupply {
  readonly before: SuppliedCopy | null;
  readonly after: SuppliedCopy;
}

type NewerStored = 'NEWER_STORED';
const NEWER_STORED = 'NEWER_STORED';

/** Stores enterprises, and puts right the lists of needs and suppliers that they join or leave. */
export async function storeSupply(table: Table, changes: readonly ChangedSupply[]): Promise<void> {
  const ofEnterprise = Map.groupBy(changes, ({ after }) => after.enterpriseId);
  const newest = Array.from(ofEnterprise.values(), (steps) => {
    const [first, ...others] = steps.map(({ after }) => after);
    if (!first) throw new Error('a group has a member');
    const after = others.reduce((a, b) => (b.sourceVersion > a.sourceVersion ? b : a), first);
    return { after, before: steps.map((step) => step.before) };
  });
  const outcomes = await transactGroups<NewerStored>(
    table,
    newest.map(({ after }) => [put(enterpriseSupplyItem(after), { when: isNotNewer(after), otherwise: NEWER_STORED })]),
  );
  const stored = newest.filter((_, i) => outcomes[i]?.committed);
  const rows = stored.flatMap(({ before, after }) =>
    changedRows(before, after).map((write) => [isStored(after), write]),
  );
  await transactGroups<NewerStored>(table, rows);
  const places = new Map(stored.flatMap(({ before, after }) => changedPlaces(before, after)));
  for (const place of places.values()) await listSuppliers(table, place);
}

/** Returns the condition that the stored copy is no newer. A repeated record goes on where its first run ended. */
function isNotNewer({ sourceVersion }: SuppliedCopy) {
  return missingOrLess('sourceVersion', sourceVersion + 1);
}

/** Returns the check that no newer version of the enterprise is stored. Rows of one enterprise share it. */
export function isStored({ enterpriseId, sourceVersion }: SuppliedCopy): Write<NewerStored> {
  const key = linkageKeys.enterpriseSupply(enterpriseId);
  const when = attributeIs('sourceVersion', sourceVersion);
  return { ...check<NewerStored>(key, { when, otherwise: NEWER_STORED }), sharedAs: `${key.pk} ${key.sk}` };
}

const rowsOf = (copy: SuppliedCopy | null): readonly PrimaryKey[] =>
  copy ? [...goodsNeedItems(copy), ...goodsSupplyItems(copy), ...fillingSiteItems(copy)] : [];
const nameOf = ({ pk, sk }: PrimaryKey) => `${pk} ${sk}`;

/** Returns the writes of needs and supplies that are not the same in all versions. */
function changedRows(before: readonly (SuppliedCopy | null)[], after: SuppliedCopy): Write<NewerStored>[] {
  const earlier = before.map((copy) => new Map(rowsOf(copy).map((row) => [nameOf(row), row])));
  const wanted = rowsOf(after);
  const names = new Set(wanted.map(nameOf));
  const left = new Map(earlier.flatMap((rows) => [...rows]).filter(([name]) => !names.has(name)));
  const isSame = (row: PrimaryKey) =>
    earlier.every((rows) => canonical(rows.get(nameOf(row)) ?? null) === canonical(row));
  return [
    ...wanted.filter((row) => !isSame(row)).map((row) => put(row)),
    ...Array.from(left.values(), (row) => remove(row)),
  ];
}

/** Returns the lists of suppliers that the enterprise joins or leaves, by name. */
function changedPlaces(
  before: readonly (SuppliedCopy | null)[],
  after: SuppliedCopy,
): (readonly [string, SuppliersPlace])[] {
  const versions = [...before, after].map(
    (copy) => new Map((copy ? goodsSupplyItems(copy) : []).map((row) => [nameOf(row), row])),
  );
  const all = new Map<string, GoodsSupplyItem>(versions.flatMap((rows) => [...rows]));
  const changed = Array.from(all).filter(([name]) => !versions.every((rows) => rows.has(name)));
  return changed.map(([, { pk, goodsCode, placeId }]) => [pk, { goodsCode, placeId }]);
}

const MAX_ATTEMPTS = 5;

/** Lists the first suppliers of goods in a place anew. A list that was written meanwhile is read again. */
export async function listSuppliers(table: Table, place: SuppliersPlace): Promise<void> {
  const { goodsCode, placeId } = place;
  const key = linkageKeys.goodsSuppliers(goodsCode, placeId);
  const partition = linkageKeys.goodsSupply(goodsCode, placeId, '').pk;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = await readItem<GoodsSuppliersItem>(table, key, { consistent: true });
    const range = { partition, consistent: true };
    const { entries } = await readEntries<GoodsSupplyItem>(table, range, undefined, MAX_LISTED_SUPPLIERS);
    const ids = entries.map(({ enterpriseId }) => enterpriseId);
    const when = before ? and(exists, attributeIs('changes', before.changes)) : isNew;
    const after = goodsSuppliersItem(place, ids, (before?.changes ?? 0) + 1);
    if ((await transact<NewerStored>(table, [put(after, { when, otherwise: NEWER_STORED })])).committed) return;
  }
  throw new Error(`the suppliers of ${goodsCode} in ${placeId} change too often`);
}
