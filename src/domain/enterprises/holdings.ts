/** The qualifications, sites and supply links of an enterprise. Its item stores them, so each list is bounded. */
import type { Localized } from '../locale.ts';
import type { Sector } from './industry.ts';

export const SITE_KINDS = ['HEADQUARTERS', 'RND_CENTRE', 'OPERATIONS_CENTRE', 'MANUFACTURING'] as const;

export interface SiteRecord {
  readonly id: string;
  readonly kind: (typeof SITE_KINDS)[number];
  readonly name: Localized;
  /** GB/T 2260, six digits. */
  readonly regionCode: string;
  /** The gap of a supply chain that it fills; absent for a site that fills none. */
  readonly fills?: FilledGap;
}

/** A gap of a supply chain: the chain of a park's enterprises of a sector, and the place in it by the goods that they lack. */
export interface FilledGap {
  readonly parkId: string;
  readonly sector: Sector;
  /** The industry that makes the goods, GB/T 4754-2017. */
  readonly goodsCode: string;
}

export const QUALIFICATION_KINDS = ['HIGH_TECH_ENTERPRISE', 'TECH_SME', 'SPECIALISED_AND_NEW'] as const;

/** A qualification. An enterprise has one of a kind and number. */
export interface QualificationRecord {
  readonly kind: (typeof QUALIFICATION_KINDS)[number];
  readonly validFrom: string;
  /** The last day; null without an end. A revocation ends it the day before. */
  readonly validTo: string | null;
  /** The certificate's number. Missing, like all that follows, in qualifications from before there were mutations. */
  readonly number?: string;
  readonly issuer?: Localized;
  /** The zone that has granted it, where it counts in that zone and elsewhere by a recognition alone. */
  readonly zoneId?: string;
  /** The first day without it. */
  readonly revokedOn?: string;
}

/** A supply link. An enterprise has one of a direction, partner and goods code. */
export interface SupplyLinkRecord {
  /** Seen from the enterprise that stores it. In demo data, the partner stores the other direction. */
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  /** A registered enterprise; null for a partner that only its region names, and where a supplier is sought. */
  readonly partnerId: string | null;
  readonly goods: Localized;
  /** GB/T 2260. Missing where a supplier is sought and, like the goods code, in links from before there were mutations. */
  readonly regionCode?: string;
  /** The industry that makes the goods, GB/T 4754-2017. */
  readonly goodsCode?: string;
}

/** The part of a supply link that identifies it. */
export type SupplyLinkKey = Pick<SupplyLinkRecord, 'direction' | 'partnerId' | 'regionCode' | 'goodsCode'>;

export interface Holdings {
  readonly sites: readonly SiteRecord[];
  readonly qualifications: readonly QualificationRecord[];
  readonly supplyLinks: readonly SupplyLinkRecord[];
}

/** The id of a partner whose code is not registered. The rules refuse it. */
export const UNKNOWN_PARTNER = 'ent_unknown';

export const MAX_SITES = 20;
export const MAX_QUALIFICATIONS = 20;
export const MAX_SUPPLY_LINKS = 50;

export const qualificationKey = ({ kind, number = '' }: Pick<QualificationRecord, 'kind' | 'number'>) =>
  `${kind} ${number}`;

export const supplyLinkKey = ({ direction, partnerId, regionCode = '', goodsCode = '' }: SupplyLinkKey) =>
  [direction, partnerId ?? regionCode, goodsCode].join(' ');
