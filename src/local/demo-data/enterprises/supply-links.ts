/** Synthetic supply chains: by its number, an enterprise needs goods or supplies them. */
import type { SiteRecord, SupplyLinkRecord } from '../../../domain/enterprises/holdings.ts';
import type { EnterpriseItem } from '../../../storage/enterprises/items.ts';
import type { RecordOf } from '../../../storage/enterprises/make-items.ts';
import { suppliedCopyOf } from '../../../storage/linkages/facts-of.ts';
import {
  enterpriseSupplyItem,
  fillingSiteItems,
  goodsNeedItems,
  goodsSuppliersItem,
  goodsSupplyItems,
  MAX_LISTED_SUPPLIERS,
  type SuppliersPlace,
} from '../../../storage/linkages/supply-chains/items.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import { HEADLINE_PARK } from '../parks/parks.ts';

const CLOUD = { goodsCode: 'I6450', goods: { zh: '云服务', ja: 'クラウドサービス', en: 'Cloud services' } };
const SERVERS = { goodsCode: 'C3911', goods: { zh: '服务器', ja: 'サーバー', en: 'Servers' } };
const CHIPS = { goodsCode: 'C3973', goods: { zh: '集成电路', ja: '集積回路', en: 'Integrated circuits' } };
const REAGENTS = { goodsCode: 'C2770', goods: { zh: '医药用品', ja: '医薬用品', en: 'Medical supplies' } };

const SHANGHAI = '310115';
const HAIDIAN = '110108';

/** A part of a link: its direction, and the region of a partner that is not registered. */
const from = (regionCode: string) => ({ direction: 'UPSTREAM', partnerId: null, regionCode }) as const;
const to = (regionCode: string) => ({ direction: 'DOWNSTREAM', partnerId: null, regionCode }) as const;
const SOUGHT = { direction: 'UPSTREAM', partnerId: null } as const;

/**
 * Returns the supply links of an enterprise by its number in its park. Every sixth buys from the next one, which buys from
 * elsewhere. Of the others, those of the headline park lack goods that those of other parks supply.
 * @param idOf returns the id of another enterprise of the park by its number; null where there is none
 */
export function supplyLinksOf(
  parkId: string,
  index: number,
  idOf: (index: number) => string | null,
): readonly SupplyLinkRecord[] {
  const isHeadline = parkId === HEADLINE_PARK;
  switch (index % 6) {
    case 0: {
      const partnerId = idOf(index + 1);
      return partnerId === null ? [] : [{ ...CLOUD, direction: 'UPSTREAM', partnerId }];
    }
    case 1:
      return [
        { ...CLOUD, direction: 'DOWNSTREAM', partnerId: idOf(index - 1) },
        { ...SERVERS, ...from(SHANGHAI) },
      ];
    case 2:
      return [{ ...CHIPS, ...(isHeadline ? from(SHANGHAI) : to(HAIDIAN)) }];
    case 3:
      return [{ ...REAGENTS, ...(isHeadline ? SOUGHT : to(HAIDIAN)) }];
    default:
      return [];
  }
}

/** The copies and lists of supply chains in linkages. */
export class DemoSupply {
  private readonly first = new Map<string, { readonly place: SuppliersPlace; readonly ids: readonly string[] }>();

  *of(enterprise: RecordOf<EnterpriseItem>): Generator<PrimaryKey> {
    const copy = suppliedCopyOf(enterprise);
    yield enterpriseSupplyItem(copy);
    yield* goodsNeedItems(copy);
    yield* fillingSiteItems(copy);
    for (const row of goodsSupplyItems(copy)) {
      const { goodsCode, placeId } = row;
      const ids = [...(this.first.get(row.pk)?.ids ?? []), row.enterpriseId].sort();
      this.first.set(row.pk, { place: { goodsCode, placeId }, ids: ids.slice(0, MAX_LISTED_SUPPLIERS) });
      yield row;
    }
  }

  *lists(): Generator<PrimaryKey> {
    for (const { place, ids } of this.first.values()) yield goodsSuppliersItem(place, ids, 1);
  }
}

/**
 * Returns the sites of an enterprise. Every sixth says of a research or operations centre that it fills the headline park's
 * gap of integrated circuits.
 */
export function withFilledGap(sites: readonly SiteRecord[], index: number): readonly SiteRecord[] {
  const last = sites.at(-1);
  if (index % 6 !== 4 || !last || last.kind === 'HEADQUARTERS') return sites;
  const fills = { parkId: HEADLINE_PARK, sector: 'DIGITAL_ECONOMY', goodsCode: CHIPS.goodsCode } as const;
  return [...sites.slice(0, -1), { ...last, fills }];
}
