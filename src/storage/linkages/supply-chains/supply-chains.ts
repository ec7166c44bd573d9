import type { Sector } from '../../../domain/enterprises/industry.ts';
import type { NeededGoods } from '../../../domain/supply-chains/gaps.ts';
import { itemLoader, keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { type PageRequest, readEntries, sliceOf } from '../../dynamodb/page.ts';
import type { Table } from '../../dynamodb/table.ts';
import { isStorable, linkageKeys } from '../../tables.ts';
import type {
  EnterpriseSupplyItem,
  FillingSiteItem,
  GoodsNeedItem,
  GoodsSuppliersItem,
  SuppliersPlace,
} from './items.ts';

/** Needs that a page reads. */
export const MAX_NEEDS = 300;
/** Different suppliers that a page reads for one hop. */
export const MAX_SUPPLIERS = 300;

/** Sites of one chain that are read. */
const MAX_FILLING_SITES = 300;

/** Goods that a park's enterprises need, with the enterprises. */
export interface GoodsOnPage extends NeededGoods {
  readonly enterpriseIds: readonly string[];
  /** Set where more enterprises need the goods than a page reads. */
  readonly isCut: boolean;
}

export interface NeedsPage {
  /** By goods code. */
  readonly goods: readonly GoodsOnPage[];
  /** Null where no goods follow. */
  readonly endCursor: string | null;
}

export interface SupplyChains {
  readonly ofEnterprise: Loader<string, EnterpriseSupplyItem | null>;
  readonly suppliersIn: Loader<SuppliersPlace, GoodsSuppliersItem | null>;
  /** Lists sites that fill gaps of a park's chain, by goods code, at most `MAX_FILLING_SITES`: one Query. */
  fillingIn(parkId: string, sector: Sector): Promise<readonly FillingSiteItem[]>;
  /** Lists goods that enterprises of a park and sector need, each with all of them: one Query. */
  neededIn(parkId: string, sector: Sector, page: Pick<PageRequest, 'first' | 'after'>): Promise<NeedsPage>;
}

export function openSupplyChains(table: Table): SupplyChains {
  return {
    ofEnterprise: itemLoader<EnterpriseSupplyItem>(table, 'ent', linkageKeys.enterpriseSupply),
    suppliersIn: keyLoader<SuppliersPlace, GoodsSuppliersItem>(table, ({ goodsCode, placeId }) =>
      linkageKeys.goodsSuppliers(goodsCode, placeId),
    ),
    async fillingIn(parkId, sector) {
      const partition = linkageKeys.fillingSite(parkId, sector, '', '').pk;
      return (await readEntries<FillingSiteItem>(table, { partition }, undefined, MAX_FILLING_SITES)).entries;
    },
    neededIn: (parkId, sector, page) => neededIn(table, { parkId, sector }, page),
  };
}

async function neededIn(
  table: Table,
  { parkId, sector }: { readonly parkId: string; readonly sector: Sector },
  page: Pick<PageRequest, 'first' | 'after'>,
): Promise<NeedsPage> {
  const { size, cursor } = sliceOf(page);
  const binding = { field: 'Query.supplyGaps', arguments: { parkId, sector }, owner: table.owner };
  const partition = linkageKeys.goodsNeed(parkId, sector, '', '').pk;
  const from = cursor === null ? undefined : table.cursors.read(binding, cursor);
  if (!isStorable({ pk: partition })) return { goods: [], endCursor: null };
  const { entries, end } = await readEntries<GoodsNeedItem>(table, { partition }, from, MAX_NEEDS + 1);
  const read = [...Map.groupBy(entries.slice(0, MAX_NEEDS), ({ goodsCode }) => goodsCode)];
  const isCut = entries.length > MAX_NEEDS || end !== undefined;
  // The last goods may have needs that were not read. They begin the next page, unless they alone fill this one.
  const whole = isCut && read.length > 1 ? read.slice(0, -1) : read;
  const shown = withFewSuppliers(whole.slice(0, size), isCut && read.length === 1);
  const last = shown.length < read.length || isCut ? shown.at(-1) : undefined;
  return {
    goods: shown,
    endCursor: last
      ? table.cursors.write(binding, { ...linkageKeys.behindGoods(parkId, sector, last.goodsCode) })
      : null,
  };
}

/** Returns the goods up to the limit of suppliers: the first in any case, with as many needs as fit. */
function withFewSuppliers(
  read: readonly (readonly [goodsCode: string, needs: readonly GoodsNeedItem[]])[],
  isFirstCut: boolean,
): GoodsOnPage[] {
  const suppliers = new Set<string>();
  const shown: GoodsOnPage[] = [];
  for (const [i, [goodsCode, all]] of read.entries()) {
    let fitting = 0;
    for (const { supplierIds } of all) {
      for (const id of supplierIds) suppliers.add(id);
      if (suppliers.size > MAX_SUPPLIERS) break;
      fitting += 1;
    }
    if (fitting < all.length && i > 0) break;
    const needs = all.slice(0, fitting);
    shown.push({
      goodsCode,
      needs,
      enterpriseIds: needs.map(({ enterpriseId }) => enterpriseId),
      isCut: fitting < all.length || (isFirstCut && i === 0),
    });
  }
  return shown;
}
