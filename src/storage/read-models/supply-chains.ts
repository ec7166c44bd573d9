/** Needs and supplies of enterprises, as linkages lists them. Each list holds to the version of the enterprise that is stored. */
import { readEntries } from '../dynamodb/page.ts';
import { readItem, scanPages } from '../dynamodb/read.ts';
import { put, remove, type Write } from '../dynamodb/write.ts';
import type { EnterpriseItem } from '../enterprises/items.ts';
import { suppliedCopyOf } from '../linkages/facts-of.ts';
import {
  type EnterpriseSupplyItem,
  enterpriseSupplyItem,
  type FillingSiteItem,
  fillingSiteItems,
  type GoodsNeedItem,
  type GoodsSuppliersItem,
  type GoodsSupplyItem,
  goodsNeedItems,
  goodsSuppliersItem,
  goodsSupplyItems,
  MAX_LISTED_SUPPLIERS,
  type SuppliersPlace,
} from '../linkages/supply-chains/items.ts';
import { isStored, listSuppliers } from '../linkages/supply-chains/store-supply.ts';
import { enterpriseKeys } from '../tables/enterprises.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { linkageKeys } from '../tables/linkages.ts';
import { asCopy } from './copies.ts';
import { CHANGED, derivedItems } from './derived-items.ts';
import { type OpenTables, type ReadModel, textOfKey } from './read-model.ts';
import { differenceOf, recountedItems } from './recounts.ts';
import { compareSums } from './sums.ts';

const ofEnterprise = {
  source: { store: 'enterprises', type: 'Enterprise' },
  sourceOf: ({ enterpriseId }: { readonly enterpriseId: string }) => enterpriseId,
  sourceKey: enterpriseKeys.enterprise,
} as const;

export const enterpriseSupply: ReadModel = derivedItems<EnterpriseItem, EnterpriseSupplyItem>({
  name: 'enterprise-supply',
  title: "linkages' copies of what enterprises need and supply",
  ...ofEnterprise,
  target: { store: 'linkages', type: 'EnterpriseSupply' },
  itemsOf: (enterprise) => [enterpriseSupplyItem(suppliedCopyOf(enterprise))],
  ...asCopy,
});

/** Returns the check that linkages has the version of the enterprise that a row was made of. */
const isAsRead = (source: EnterpriseItem): Write<typeof CHANGED> => ({
  ...isStored(suppliedCopyOf(source)),
  refusal: CHANGED,
});
const asRow = {
  put: (item: PrimaryKey, source: EnterpriseItem) => [isAsRead(source), put<typeof CHANGED>(item)],
  remove: (item: PrimaryKey, source: EnterpriseItem | undefined) => [
    ...(source ? [isAsRead(source)] : []),
    remove<typeof CHANGED>(item),
  ],
};

export const goodsNeeds: ReadModel = derivedItems<EnterpriseItem, GoodsNeedItem>({
  name: 'goods-needs',
  title: 'lists of goods that enterprises of a park need',
  ...ofEnterprise,
  target: { store: 'linkages', type: 'GoodsNeed' },
  itemsOf: (enterprise) => goodsNeedItems(suppliedCopyOf(enterprise)),
  ...asRow,
});

export const fillingSites: ReadModel = derivedItems<EnterpriseItem, FillingSiteItem>({
  name: 'filling-sites',
  title: 'sites that fill gaps of supply chains',
  ...ofEnterprise,
  target: { store: 'linkages', type: 'FillingSite' },
  itemsOf: (enterprise) => fillingSiteItems(suppliedCopyOf(enterprise)),
  ...asRow,
});

export const goodsSupplies: ReadModel = derivedItems<EnterpriseItem, GoodsSupplyItem>({
  name: 'goods-supplies',
  title: 'lists of enterprises that supply goods',
  ...ofEnterprise,
  target: { store: 'linkages', type: 'GoodsSupply' },
  itemsOf: (enterprise) => goodsSupplyItems(suppliedCopyOf(enterprise)),
  ...asRow,
});

type Listed = GoodsSupplyItem | GoodsSuppliersItem;

/** The first enterprises of each list, which is stored and compared before it. */
export const goodsSuppliers = recountedItems<Listed, SuppliersPlace>({
  name: 'goods-suppliers',
  title: 'first enterprises of the lists of suppliers',
  store: 'linkages',
  types: ['GoodsSupply', 'GoodsSuppliers'],
  placeOf: (item) => item,
  keyOf: ({ goodsCode, placeId }) => linkageKeys.goodsSuppliers(goodsCode, placeId),
  compare,
  async recount(table, place) {
    const key = linkageKeys.goodsSuppliers(place.goodsCode, place.placeId);
    const partition = linkageKeys.goodsSupply(place.goodsCode, place.placeId, '').pk;
    const stored = await readItem<GoodsSuppliersItem>(table, key, { consistent: true });
    const range = { partition, consistent: true };
    const { entries } = await readEntries<GoodsSupplyItem>(table, range, undefined, MAX_LISTED_SUPPLIERS);
    const ids = entries.map(({ enterpriseId }) => enterpriseId);
    if (!stored && ids.length === 0) return null;
    const difference = differenceOf(stored, goodsSuppliersItem(place, ids, 0));
    if (difference) await listSuppliers(table, place);
    return difference;
  },
});

async function compare(open: OpenTables) {
  const stored = new Map<string, PrimaryKey>();
  const places = new Map<string, SuppliersPlace>();
  const listed = new Map<string, string[]>();
  for await (const page of scanPages<Listed>(open('linkages'), ['GoodsSupply', 'GoodsSuppliers'])) {
    for (const item of page) {
      const key = textOfKey(linkageKeys.goodsSuppliers(item.goodsCode, item.placeId));
      places.set(key, item);
      if (item.type === 'GoodsSupply') listed.set(key, firstOf([...(listed.get(key) ?? []), item.enterpriseId]));
      // An empty list is as good as none.
      else if (item.enterpriseIds.length > 0) stored.set(key, { ...item, changes: 0 } as PrimaryKey);
    }
  }
  const expected = Array.from(listed, ([key, ids]) => goodsSuppliersItem(places.get(key) as SuppliersPlace, ids, 0));
  return compareSums(expected, stored);
}

const firstOf = (ids: readonly string[]) => ids.toSorted().slice(0, MAX_LISTED_SUPPLIERS);
