/** Gaps in the supply chains of a park. */
import { parkRelation } from '../../domain/access/relation.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import type { Sector } from '../../domain/enterprises/industry.ts';
import { isGap, MAX_HOPS, nearSuppliers, type Surroundings, suppliedGoods } from '../../domain/supply-chains/gaps.ts';
import type { Need } from '../../domain/supply-chains/supply.ts';
import { type GapCells, visibleCounts } from '../../domain/supply-chains/visible-counts.ts';
import type { PageRequest } from '../../storage/dynamodb/page.ts';
import type { EnterpriseSupplyItem } from '../../storage/linkages/supply-chains/items.ts';
import { MAX_SUPPLIERS } from '../../storage/linkages/supply-chains/supply-chains.ts';
import type { Context } from './context.ts';
import type { FillingSiteResolvers, SupplyGapResolvers } from './generated/types.ts';
import { walkFrom } from './linkage-graph.ts';
import type { GapInSupply, GapsPage } from './parents.ts';

/** Linked zones whose suppliers are listed. */
const MAX_ZONES = 15;
const MAX_CANDIDATES = 10;

interface Asked {
  readonly parkId: string;
  readonly sector: Sector;
  readonly page: Pick<PageRequest, 'first' | 'after'>;
  /** True where the lists of suppliers are shown too: they are read beside the suppliers of the needs. */
  readonly showsCandidates: boolean;
}

/**
 * Returns a page of gaps; null for an unknown park. It takes one Query, and one BatchGet for the park, one for the zone's
 * links, and one for each hop and hundred suppliers.
 */
export async function findGaps(
  { parkId, sector, page, showsCandidates }: Asked,
  context: Context,
): Promise<GapsPage | null> {
  const { store, viewer, request } = context;
  const [park, needed] = await Promise.all([
    store.known.park.load(parkId),
    store.supplyChains.neededIn(parkId, sector, page),
  ]);
  if (!park) return null;
  const relation = parkRelation(viewer, park.zoneId);
  const isWhole = relation === 'ZONE' || relation === 'ADMIN';
  const needs = needed.goods.flatMap((goods) => goods.needs);
  // The first hop's suppliers are read beside the zone's links: they are the same whatever zones are linked.
  const firstHop = store.supplyChains.ofEnterprise.loadMany(supplierIdsOf(needs));
  firstHop.catch(() => undefined);
  const linked = await walkFrom(store, park.zoneId, 1, dayInShanghai(request.now));
  const zoneIds = [park.zoneId, ...linked.map(({ zoneId }) => zoneId)];
  const placeIds = [parkId, ...zoneIds.slice(0, 1 + MAX_ZONES)];
  const around: Surroundings = { parkId, zoneIds: new Set(zoneIds) };
  if (showsCandidates) {
    const places = needed.goods.flatMap(({ goodsCode }) => placeIds.map((placeId) => ({ goodsCode, placeId })));
    // A fault is reported where the candidates are resolved.
    store.supplyChains.suppliersIn.loadMany(places).catch(() => undefined);
  }
  await firstHop;
  const known = await loadSuppliers(needs, around, isWhole ? MAX_HOPS : 1, context);
  let filling: ReturnType<typeof store.supplyChains.fillingIn> | undefined;
  const sites = () => (filling ??= store.supplyChains.fillingIn(parkId, sector));
  const gaps = needed.goods.flatMap((goods): GapInSupply[] => {
    const counts = suppliedGoods(goods, around, (id) => known.get(id));
    if (!isGap(counts) && !(isWhole && counts.chain.length > 0)) return [];
    const cells: GapCells | null = visibleCounts(counts, isWhole);
    if (!cells) return [];
    const { goodsCode, chain } = counts;
    const shown = { goodsCode, cells, chain, isOpen: isGap(counts), isIncomplete: goods.isCut };
    return [{ ...shown, relation, placeIds, needingIds: goods.enterpriseIds, sites }];
  });
  return { gaps, endCursor: needed.endCursor };
}

/** Loads the suppliers of needs, and hop by hop those of the near ones. */
async function loadSuppliers(
  needs: readonly Pick<Need, 'supplierIds'>[],
  around: Surroundings,
  hops: number,
  { store }: Context,
): Promise<ReadonlyMap<string, EnterpriseSupplyItem | null>> {
  const known = new Map<string, EnterpriseSupplyItem | null>();
  let hop = needs;
  for (let i = 0; i < hops; i++) {
    const ids = supplierIdsOf(hop, known);
    const found = await store.supplyChains.ofEnterprise.loadMany(ids);
    for (const [j, id] of ids.entries()) known.set(id, found[j] ?? null);
    hop = nearSuppliers(hop, around, (id) => known.get(id)).flatMap((supplier) => supplier.needs);
  }
  return known;
}

/** Returns the suppliers of needs that aren't known yet, as many as are read for one hop. */
function supplierIdsOf(
  needs: readonly Pick<Need, 'supplierIds'>[],
  known: ReadonlyMap<string, unknown> = new Map(),
): readonly string[] {
  const named = new Set(needs.flatMap(({ supplierIds }) => supplierIds));
  return [...named].filter((id) => !known.has(id)).slice(0, MAX_SUPPLIERS);
}

export const SupplyGap: SupplyGapResolvers = {
  enterprises: ({ cells }) => ({ cell: cells.enterprises }),
  suppliedWithin: ({ cells }) => ({ cell: cells.within }),
  suppliedFromOutside: ({ cells }) => ({ cell: cells.outside }),
  withoutSupplier: ({ cells }) => ({ cell: cells.unsupplied }),
  candidates: async ({ goodsCode, isOpen, placeIds, needingIds }, _, { store }) => {
    if (!isOpen) return [];
    const lists = await store.supplyChains.suppliersIn.loadMany(placeIds.map((placeId) => ({ goodsCode, placeId })));
    const needing = new Set(needingIds);
    const ids = new Set(lists.flatMap((list) => list?.enterpriseIds ?? []).filter((id) => !needing.has(id)));
    return [...ids].slice(0, MAX_CANDIDATES).map((id) => ({ id }));
  },
  sites: async ({ goodsCode, sites }) => (await sites()).filter((site) => site.goodsCode === goodsCode),
  chain: ({ chain }) =>
    chain.map(({ hop, goodsCode, enterprises, outside, unsupplied }) => ({
      ...{ hop, goodsCode, enterprises },
      ...{ suppliedFromOutside: outside, withoutSupplier: unsupplied },
    })),
};

export const FillingSite: FillingSiteResolvers = {
  id: ({ siteId }) => siteId,
  enterprise: ({ enterpriseId }) => ({ id: enterpriseId }),
};
