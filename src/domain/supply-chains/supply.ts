/** The part of an enterprise that supply chains are made of: where it is, what it needs and what it supplies. */
import type { FilledGap, SiteRecord, SupplyLinkRecord } from '../enterprises/holdings.ts';
import type { Sector } from '../enterprises/industry.ts';
import type { Residency } from '../enterprises/residency.ts';
import type { RegistrationState } from '../register/registration.ts';
import { hasEnded, type Relative } from '../register/succession.ts';

/** Goods that an enterprise needs, by its upstream links with one goods code. */
export interface Need {
  /** GB/T 4754-2017. */
  readonly goodsCode: string;
  /** Registered enterprises that supply it, by id. */
  readonly supplierIds: readonly string[];
  /** Set where a supplier is known by its region alone, which is not registered with any zone. */
  readonly hasOther: boolean;
}

export interface SupplyFacts {
  readonly enterpriseId: string;
  readonly homeZoneId: string;
  /** Parks in which it has a stay without an end. */
  readonly parkIds: readonly string[];
  readonly sector: Sector;
  /** UNCONFIRMED also while the registration is challenged. Links count only of a CONFIRMED one. */
  readonly state: 'CONFIRMED' | 'UNCONFIRMED' | 'ENDED';
  /** By goods code. */
  readonly needs: readonly Need[];
  /** Goods codes of its downstream links, in order. */
  readonly supplies: readonly string[];
  /** Sites that fill gaps, by id; absent where none does. */
  readonly fills?: readonly FillingSite[];
}

/** A site that fills a gap of a supply chain. */
export type FillingSite = FilledGap & Pick<SiteRecord, 'kind' | 'regionCode'> & { readonly siteId: string };

/** The facts of the register that supply chains follow from. */
export interface LinkedEnterprise {
  readonly id: string;
  readonly homeZoneId: string;
  readonly sector: Sector;
  readonly registration: RegistrationState;
  readonly successors?: readonly Relative[];
  readonly residencies: readonly Residency[];
  readonly supplyLinks: readonly SupplyLinkRecord[];
  readonly sites: readonly SiteRecord[];
}

/** Returns an enterprise's part in supply chains. Links without a goods code have none. */
export function supplyFactsOf(enterprise: LinkedEnterprise): SupplyFacts {
  const { id, homeZoneId, sector, residencies, supplyLinks, sites } = enterprise;
  const state = stateOf(enterprise);
  const links = state === 'CONFIRMED' ? supplyLinks : [];
  const codesOf = (direction: SupplyLinkRecord['direction']) =>
    [...new Set(links.flatMap((link) => (link.direction === direction ? (link.goodsCode ?? []) : [])))].sort();
  const needs = codesOf('UPSTREAM').map((goodsCode): Need => {
    const named = links.filter((link) => link.direction === 'UPSTREAM' && link.goodsCode === goodsCode);
    return {
      goodsCode,
      supplierIds: named.flatMap(({ partnerId }) => partnerId ?? []).sort(),
      hasOther: named.some(({ partnerId, regionCode }) => partnerId === null && regionCode !== undefined),
    };
  });
  const parkIds = [...new Set(residencies.flatMap(({ parkId, to }) => (to === null ? parkId : [])))].sort();
  const fills = state === 'CONFIRMED' ? sites.flatMap(fillingOf) : [];
  return {
    ...{ enterpriseId: id, homeZoneId, parkIds, sector, state, needs, supplies: codesOf('DOWNSTREAM') },
    ...(fills.length > 0 && { fills }),
  };
}

function stateOf(enterprise: LinkedEnterprise): SupplyFacts['state'] {
  if (hasEnded(enterprise) || enterprise.registration === 'VOID') return 'ENDED';
  return enterprise.registration === 'CONFIRMED' ? 'CONFIRMED' : 'UNCONFIRMED';
}

function fillingOf({ id: siteId, kind, regionCode, fills }: SiteRecord): readonly FillingSite[] {
  return fills ? [{ siteId, kind, regionCode, ...fills }] : [];
}
