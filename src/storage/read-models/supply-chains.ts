/** Needs and supplies of enterprises, as linkages lists them. Each list holds to the version of the enterprise that is stored. */
import { scanPages } from '../dynamodb/read.ts';
import { put, remove, type Write } from '../dynamodb/write.ts';
import type { EnterpriseItem } from '../enterprises/items.ts';
import { suppliedCopyOf } from '../linkages/facts-of.ts';
import {
  type EnterpriseSupplyItem,
  enterpriseSupplyItem,
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

export const goodsSupplies: ReadModel = derivedItems<EnterpriseItem, GoodsSupplyItem>({
  name: 'goods-supplies',
  title: 'lists of enterprises that supply goods',
  ...ofEnterprise,
  target: { store: 'linkages', type: 'GoodsSupply' },
  itemsOf: (enterprise) => goodsSupplyItems(suppliedCopyOf(enterprise)),
  ...asRow,
});

/** The first enterprises of each list, which is stored and compared before it. */
export const goodsSuppliers: ReadModel = {
  name: 'goods-suppliers',
  title: 'first enterprises of the lists of suppliers',
  compare: async (open) => (await compare(open)).comparison,
  async rebuild(open) {
    const { comparison, places } = await compare(open);
    for (const difference of comparison.differences) {
      const place = places.get(textOfKey(difference));
      if (place) await listSuppliers(open('linkages'), place);
    }
    return comparison;
  },
};

async function compare(open: OpenTables) {
  const stored = new Map<string, PrimaryKey>();
  const places = new Map<string, SuppliersPlace>();
  const listed = new Map<string, string[]>();
  const types = ['GoodsSupply', 'GoodsSuppliers'] as const;
  for await (const page of scanPages<GoodsSupplyItem | GoodsSuppliersItem>(open('linkages'), types)) {
    for (const item of page) {
      const key = textOfKey(linkageKeys.goodsSuppliers(item.goodsCode, item.placeId));
      places.set(key, item);
      if (item.type === 'GoodsSupply') listed.set(key, firstOf([...(listed.get(key) ?? []), item.enterpriseId]));
      // An empty list is as good as none.
      else if (item.enterpriseIds.length > 0) stored.set(key, { ...item, changes: 0 } as PrimaryKey);
    }
  }
  const expected = Array.from(listed, ([key, ids]) => goodsSuppliersItem(places.get(key) as SuppliersPlace, ids, 0));
  return { comparison: compareSums(expected, stored), places };
}

const firstOf = (ids: readonly string[]) => ids.toSorted().slice(0, MAX_LISTED_SUPPLIERS);
