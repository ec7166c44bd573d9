/** Subjects of coverages, made from the facts of an enterprise on one day. */

import { addDays, type DayInterval, isWithin } from '../calendar/day.ts';
import type { Subject } from './coverage.ts';

export interface EnterpriseFacts {
  readonly sector: string;
  readonly sizeClass: string;
  readonly residencies: readonly (DayInterval & { readonly parkId: string })[];
  readonly qualifications: readonly (DayInterval & {
    readonly kind: string;
    /** The zone that has granted it and where it counts; absent for one that counts everywhere. */
    readonly zoneId?: string;
  })[];
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
function parksOn({ residencies }: EnterpriseFacts, day: string): readonly string[] {
  return [...new Set(residencies.filter((stay) => isWithin(day, stay)).map(({ parkId }) => parkId))];
}

/** Returns the parks in which an enterprise has resided by a day. */
export function parksBy({ residencies }: EnterpriseFacts, day: string): readonly string[] {
  return [...new Set(residencies.filter(({ from }) => from <= day).map(({ parkId }) => parkId))];
}

/**
 * Returns an enterprise as a subject, in the zones of its parks.
 * @param parks at least those of `parksBy`; an unknown park counts for no zone
 */
export function enterpriseOn(enterprise: EnterpriseFacts, parks: readonly ParkPlace[], day: string): Subject {
  const zoneIds = zonesOf(enterprise, parks, day);
  const around = parks.filter(({ zoneId }) => zoneIds.includes(zoneId));
  const since = zoneIds.length === 1 ? firstDayOfStay(enterprise, around, day) : null;
  return {
    kind: 'ENTERPRISE',
    zoneIds,
    traits: traitsOf(enterprise, enterprise.sites, day),
    ...grantedOn(enterprise, day),
    sizeClass: enterprise.sizeClass,
    ...(since !== null && { residentSince: since }),
  };
}

/** Returns the first day of the stays in some parks that reach a day without a gap; null where none does. */
function firstDayOfStay({ residencies }: EnterpriseFacts, parks: readonly ParkPlace[], day: string): string | null {
  const here = new Set(parks.map(({ parkId }) => parkId));
  let first: string | null = null;
  for (const { parkId, from, to } of residencies.toSorted((a, b) => (a.from < b.from ? 1 : -1))) {
    const until = first === null ? day : addDays(first, -1);
    if (here.has(parkId) && from <= until && (to === null || to >= until)) first = from;
  }
  return first;
}

/** Returns one site as a subject, in those zones of its enterprise that lie in the site's region. */
export function siteOn(
  enterprise: EnterpriseFacts,
  site: SiteFacts,
  parks: readonly ParkPlace[],
  day: string,
): Subject {
  const around = parks.filter(({ regionCode }) => regionCode === site.regionCode);
  const zoneIds = zonesOf(enterprise, around, day);
  return { kind: 'SITE', zoneIds, traits: traitsOf(enterprise, [site], day), ...grantedOn(enterprise, day) };
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
    QUALIFICATION: enterprise.qualifications
      .filter((held) => isWithin(day, held) && held.zoneId === undefined)
      .map(({ kind }) => kind),
    SITE_KIND: sites.map(({ kind }) => kind),
  };
}

/** Returns the qualifications of an enterprise on a day that zones have granted; nothing where there are none. */
function grantedOn({ qualifications }: EnterpriseFacts, day: string): Pick<Subject, 'granted'> {
  const granted = qualifications.flatMap(({ kind, zoneId, ...days }) =>
    zoneId !== undefined && isWithin(day, days) ? [{ kind, zoneId }] : [],
  );
  return granted.length === 0 ? {} : { granted };
}
