/** The place of a facility that an approved case takes (公寓房源, 学位), and when it gives it back. */
import type { CaseRoute } from '../case-types/case-type.ts';
import type { FacilityKind } from '../places/facilities.ts';
import type { Refusal } from '../refusal.ts';
import type { CaseState } from './state.ts';

/** A place that a case has taken. It is stored beside the case, and is no part of its course. */
export interface CasePlaceFacts {
  /** Rises with each change: 1 for the first place of a case. */
  readonly version: number;
  readonly facilityId: string;
  /** RFC 3339, UTC. */
  readonly takenAt: string;
  /** The instant at which it was given back; null while the case has it. */
  readonly endedAt: string | null;
}

/** The places of a facility, as far as cases take them. */
export interface FacilityPlaces {
  readonly facilityId: string;
  /** The zone of its park, whose officers decide on its places. */
  readonly zoneId: string;
  readonly kind: FacilityKind;
  /** Places that the park has published for cases; 0 where the facility is none any longer. */
  readonly capacity: number;
  /** Places that cases have. After a smaller capacity is published, they may be more. */
  readonly taken: number;
}

/** The kind of facility that a route's cases take a place of. A subsidy and a household registration take none. */
const FACILITY_OF_ROUTE: Readonly<Partial<Record<CaseRoute, FacilityKind>>> = {
  TALENT_APARTMENT: 'TALENT_APARTMENT',
  KINDERGARTEN: 'KINDERGARTEN',
  PRIMARY_SCHOOL: 'SCHOOL',
};

/** Returns whether cases take places of a facility of this kind. */
export function givesPlaces(kind: FacilityKind): boolean {
  return Object.values(FACILITY_OF_ROUTE).includes(kind);
}

/** Returns whether a case of this route may take a place of a facility of this kind. */
export function fitsRoute(kind: FacilityKind, route: CaseRoute): boolean {
  return FACILITY_OF_ROUTE[route] === kind;
}

/** Returns the places that are left; 0 where a smaller capacity was published than cases have taken. */
export function freePlaces({ capacity, taken }: Pick<FacilityPlaces, 'capacity' | 'taken'>): number {
  return Math.max(0, capacity - taken);
}

/** The refusal of an approval whose facility has no place left. */
export const FACILITY_FULL: Refusal<'FACILITY_FULL'> = {
  code: 'FACILITY_FULL',
  field: ['facility'],
  message: 'All places of this facility are taken. Name another one, or approve when a place is free again.',
};

/** A facility as an approval names it. */
export interface NamedFacility {
  readonly id: string;
  /** Null where there is no such facility with places for cases. */
  readonly places: FacilityPlaces | null;
}

interface Approval {
  readonly case: { readonly route: CaseRoute; readonly zoneId: string };
  readonly command: { readonly facility?: NamedFacility | null };
}

type PlaceRefusal = Refusal<'UNKNOWN_FACILITY' | 'OTHER_FACILITY' | 'FACILITY_FULL'>;

/** Refuses a facility of another zone, of a kind that doesn't fit the route, or without a free place. */
export function takeAFreePlaceThatFits({ case: { route, zoneId }, command: { facility } }: Approval): PlaceRefusal[] {
  if (!facility) return [];
  const { places } = facility;
  const field = ['facility'];
  if (places?.zoneId !== zoneId) {
    return [{ code: 'UNKNOWN_FACILITY', field, message: 'The zone of the case has no such facility.' }];
  }
  if (!fitsRoute(places.kind, route)) {
    return [{ code: 'OTHER_FACILITY', field, message: 'Cases of this route take no place of this kind of facility.' }];
  }
  return freePlaces(places) > 0 ? [] : [FACILITY_FULL];
}

/** States in which a case keeps its place. A closed case keeps it: its file is closed, and the flat is lived in. */
const KEEPING: ReadonlySet<CaseState> = new Set(['APPROVED', 'DELIVERED', 'CLOSED', 'RECONSIDERATION', 'UPHELD']);

/**
 * Returns the place of a case after an event; null where the event changes nothing about it.
 * @param facilityId the facility that an approval names; null where it names none
 */
export function placeAfter(
  before: CasePlaceFacts | null,
  { state, facilityId, at }: { readonly state: CaseState; readonly facilityId: string | null; readonly at: string },
): CasePlaceFacts | null {
  if (facilityId !== null) {
    return { version: (before?.version ?? 0) + 1, facilityId, takenAt: at, endedAt: null };
  }
  return before?.endedAt === null && !KEEPING.has(state) ? endedPlace(before, at) : null;
}

export function endedPlace(place: CasePlaceFacts, at: string): CasePlaceFacts {
  return { ...place, version: place.version + 1, endedAt: at };
}
