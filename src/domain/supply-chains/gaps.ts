/**
 * Gaps of supply chains: goods that enterprises of a park and sector need, and that no enterprise of the park, its zone or a
 * linked zone supplies to them. The suppliers' own needs are the chain's further hops.
 */
import type { Need, SupplyFacts } from './supply.ts';

/** The longest chain, in hops from an enterprise of the park. */
export const MAX_HOPS = 3;
/** Upper bound of the gaps of one chain that are listed. */
export const MAX_CHAIN_GAPS = 20;

/** The enterprises that count as near: those of these zones and those that stay in the park. */
export interface Surroundings {
  readonly parkId: string;
  /** The park's zone and the zones that are linked with it. */
  readonly zoneIds: ReadonlySet<string>;
}

/** Returns a supplier by id; null or undefined where it is not known. */
export type SupplierOf = (id: string) => SupplyFacts | null | undefined;

/** Enterprises that need goods, by where they get them. Each counts once, at its nearest supplier. */
export interface SupplyCounts {
  readonly goodsCode: string;
  readonly enterprises: number;
  /** Enterprises with a supplier in the park, its zone or a linked zone. */
  readonly within: number;
  /** Enterprises with suppliers elsewhere alone. */
  readonly outside: number;
  /** Enterprises without a supplier: none is named, or those named have ended. */
  readonly unsupplied: number;
}

/** A gap further up a chain. */
export interface ChainGap extends SupplyCounts {
  /** 2 for what the suppliers need, 3 for what their suppliers need. */
  readonly hop: number;
}

/** Goods that enterprises of a park need, with the gaps in their supply. */
export interface SuppliedGoods extends SupplyCounts {
  /** Nearest hop first, then by goods code. */
  readonly chain: readonly ChainGap[];
}

/** The needs of several enterprises for the same goods. */
export interface NeededGoods {
  readonly goodsCode: string;
  readonly needs: readonly Omit<Need, 'goodsCode'>[];
}

export function isNear({ homeZoneId, parkIds }: SupplyFacts, { parkId, zoneIds }: Surroundings): boolean {
  return zoneIds.has(homeZoneId) || parkIds.includes(parkId);
}

/** Returns the near suppliers of needs: those whose own needs are the next hop. */
export function nearSuppliers(
  needs: readonly Pick<Need, 'supplierIds'>[],
  around: Surroundings,
  supplierOf: SupplierOf,
): readonly SupplyFacts[] {
  const ids = new Set(needs.flatMap(({ supplierIds }) => supplierIds));
  return [...ids].sort().flatMap((id) => {
    const supplier = supplierOf(id);
    return supplier && supplier.state !== 'ENDED' && isNear(supplier, around) ? [supplier] : [];
  });
}

/** Counts the enterprises that need goods. A registered supplier that is not known yet counts as elsewhere. */
function countsOf({ goodsCode, needs }: NeededGoods, around: Surroundings, supplierOf: SupplierOf): SupplyCounts {
  const counts = { within: 0, outside: 0, unsupplied: 0 };
  for (const need of needs) {
    const left = need.supplierIds.filter((id) => supplierOf(id)?.state !== 'ENDED');
    if (nearSuppliers([need], around, supplierOf).length > 0) counts.within += 1;
    else if (left.length > 0 || need.hasOther) counts.outside += 1;
    else counts.unsupplied += 1;
  }
  return { goodsCode, enterprises: needs.length, ...counts };
}

export const isGap = ({ outside, unsupplied }: SupplyCounts) => outside + unsupplied > 0;

/**
 * Returns where enterprises get goods, and the gaps of the chain behind their near suppliers. An enterprise is a link of the
 * chain once, at its nearest hop.
 */
export function suppliedGoods(goods: NeededGoods, around: Surroundings, supplierOf: SupplierOf): SuppliedGoods {
  const chain: ChainGap[] = [];
  const met = new Set<string>();
  let suppliers = nearSuppliers(goods.needs, around, supplierOf);
  for (let hop = 2; hop <= MAX_HOPS; hop++) {
    for (const { enterpriseId } of suppliers) met.add(enterpriseId);
    const needs = suppliers.flatMap((supplier) => supplier.needs);
    const byCode = [...Map.groupBy(needs, ({ goodsCode }) => goodsCode)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [goodsCode, needed] of byCode) {
      const counts = countsOf({ goodsCode, needs: needed }, around, supplierOf);
      if (isGap(counts)) chain.push({ hop, ...counts });
    }
    suppliers = nearSuppliers(needs, around, supplierOf).filter(({ enterpriseId }) => !met.has(enterpriseId));
  }
  return { ...countsOf(goods, around, supplierOf), chain: chain.slice(0, MAX_CHAIN_GAPS) };
}
