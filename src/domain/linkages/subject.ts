/** Subjects of coverages, made from the facts of an enterprise on one day. */

import { type DayInterval, isWithin } from '../calendar/day.ts';
import type { Subject } from './coverage.ts';

export interface EnterpriseFacts {
  readonly sector: string;
  readonly residencies: readonly (DayInterval & { readonly parkId: string })[];
  readonly qualifications: readonly (DayInterval & { readonly kind: string })[];
  readonly sites: readonly SiteFacts[];
}

export interface SiteFacts {
  readonly id: string;
  readonly kind: string;
  /** GB/T 2260, six digits. */
  readonly regionCode: string;
}

export interface ParkPlace {
  readonly parkId: string;
  readonly zoneId: string;
  readonly regionCode: string;
}

/** Returns the parks in which an enterprise resides on a day. */
export function parksOn({ residencies }: EnterpriseFacts, day: string): readonly string[] {
  return [...new Set(residencies.filter((stay) => isWithin(day, stay)).map(({ parkId }) => parkId))];
}

/**
 * Returns an enterprise as a subject, in the zones of its parks.
 * @param parks at least those of `parksOn`; an unknown park counts for no zone
 */
export function enterpriseOn(enterprise: EnterpriseFacts, parks: readonly ParkPlace[], day: string): Subject {
  return {
    kind: 'ENTERPRISE',
    zoneIds: zonesOf(enterprise, parks, day),
    traits: traitsOf(enterprise, enterprise.sites, day),
  };
}

/** Returns one site as a subject, in those zones of its enterprise that lie in the site's region. */
export function siteOn(
  enterprise: EnterpriseFacts,
  site: SiteFacts,
  parks: readonly ParkPlace[],
  day: string,
): Subject {
  const around = parks.filter(({ regionCode }) => regionCode === site.regionCode);
  return { kind: 'SITE', zoneIds: zonesOf(enterprise, around, day), traits: traitsOf(enterprise, [site], day) };
}

/** Returns a person as a subject, in the zone where they live or work. */
export function personIn(zoneId: string): Subject {
  return { kind: 'PERSON', zoneIds: [zoneId], traits: { SECTOR: [], QUALIFICATION: [], SITE_KIND: [] } };
}

function zonesOf(enterprise: EnterpriseFacts, parks: readonly ParkPlace[], day: string): readonly string[] {
  const here = parksOn(enterprise, day);
  return [...new Set(parks.filter(({ parkId }) => here.includes(parkId)).map(({ zoneId }) => zoneId))];
}

function traitsOf(enterprise: EnterpriseFacts, sites: readonly SiteFacts[], day: string): Subject['traits'] {
  return {
    SECTOR: [enterprise.sector],
    QUALIFICATION: enterprise.qualifications.filter((held) => isWithin(day, held)).map(({ kind }) => kind),
    SITE_KIND: sites.map(({ kind }) => kind),
  };
}
