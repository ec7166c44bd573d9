/** The items of supply chains in the linkages table. All follow from the enterprises' own items. */
import type { FillingSite, Need, SupplyFacts } from '../../../domain/supply-chains/supply.ts';
import { linkageKeys } from '../../tables.ts';

export interface SuppliedCopy extends SupplyFacts {
  /** The version of the enterprise that it was made of. */
  readonly sourceVersion: number;
}

/** Needs and supplies of an enterprise, and its place. */
export type EnterpriseSupplyItem = ReturnType<typeof enterpriseSupplyItem>;
export function enterpriseSupplyItem(copy: SuppliedCopy) {
  return { ...copy, ...linkageKeys.enterpriseSupply(copy.enterpriseId), type: 'EnterpriseSupply' as const };
}

/** Goods that an enterprise of a park needs. */
export interface GoodsNeedItem extends ReturnType<typeof goodsNeedItem> {}
function goodsNeedItem(enterpriseId: string, place: { parkId: string; sector: string }, need: Need) {
  const { parkId, sector } = place;
  return {
    ...need,
    enterpriseId,
    parkId,
    ...linkageKeys.goodsNeed(parkId, sector, need.goodsCode, enterpriseId),
    type: 'GoodsNeed' as const,
  };
}

export function goodsNeedItems({ enterpriseId, parkIds, sector, needs }: SupplyFacts): GoodsNeedItem[] {
  return parkIds.flatMap((parkId) => needs.map((need) => goodsNeedItem(enterpriseId, { parkId, sector }, need)));
}

/** A site that fills a gap, in the list of the chain. */
export type FillingSiteItem = ReturnType<typeof fillingSiteItems>[number];
export function fillingSiteItems({ enterpriseId, fills = [] }: Pick<SupplyFacts, 'enterpriseId' | 'fills'>) {
  return fills.map((site: FillingSite) => ({
    ...site,
    enterpriseId,
    ...linkageKeys.fillingSite(site.parkId, site.sector, site.goodsCode, site.siteId),
    type: 'FillingSite' as const,
  }));
}

/** The list of suppliers of goods in a zone or a park. */
export interface SuppliersPlace {
  readonly goodsCode: string;
  /** The id of a zone or of a park. */
  readonly placeId: string;
}

/** An enterprise in a list of suppliers. */
export type GoodsSupplyItem = ReturnType<typeof goodsSupplyItems>[number];
export function goodsSupplyItems({ enterpriseId, homeZoneId, parkIds, supplies }: SupplyFacts) {
  return supplies.flatMap((goodsCode) =>
    [homeZoneId, ...parkIds].map((placeId) => ({
      goodsCode,
      placeId,
      enterpriseId,
      ...linkageKeys.goodsSupply(goodsCode, placeId, enterpriseId),
      type: 'GoodsSupply' as const,
    })),
  );
}

/** How many enterprises of a list a reader gets. */
export const MAX_LISTED_SUPPLIERS = 10;

/** The first enterprises of a list of suppliers, so that the lists of many goods and zones are one BatchGet. */
export type GoodsSuppliersItem = ReturnType<typeof goodsSuppliersItem>;
/**
 * @param enterpriseIds the first of the list, by id
 * @param changes counts the writes of the item, so that no older reading replaces a newer one
 */
export function goodsSuppliersItem(
  { goodsCode, placeId }: SuppliersPlace,
  enterpriseIds: readonly string[],
  changes: number,
) {
  return {
    goodsCode,
    placeId,
    enterpriseIds: enterpriseIds.slice(0, MAX_LISTED_SUPPLIERS),
    changes,
    ...linkageKeys.goodsSuppliers(goodsCode, placeId),
    type: 'GoodsSuppliers' as const,
  };
}
