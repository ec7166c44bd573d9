import { addDays, dayInShanghai, shanghaiInstant } from '../../../domain/calendar/day.ts';
import { endedPlace, fitsRoute, placeAfter } from '../../../domain/cases/place.ts';
import { placesOfList } from '../../../storage/talent/places/copy-facilities.ts';
import {
  type CasePlaceItem,
  casePlaceItem,
  type FacilityPlacesItem,
  facilityPlacesItem,
} from '../../../storage/talent/places/items.ts';
import { facilities, HEADLINE_PARK } from '../parks/parks.ts';
import type { DemoCase } from './cases.ts';

/** One of so many places has been given back. */
const ENDED_ONE_OF = 9;
const DAYS_OF_A_SHORT_LEASE = 30;

/** The places of the headline park's facilities, taken by its approved cases in the order of their numbers. */
export class DemoPlaces {
  private readonly taken = new Map(placesOfList(facilities()).map((places) => [places, 0]));
  private given = 0;

  /** Returns the place of a case; null where it takes none, or all are taken. */
  of({ facts }: DemoCase): CasePlaceItem | null {
    const { id, parkId, route, course, decision } = facts;
    const [places, taken] = [...this.taken].find(([{ kind }]) => fitsRoute(kind, route)) ?? [];
    if (parkId !== HEADLINE_PARK || !decision?.approved || !places || taken === undefined) return null;
    if (taken >= places.capacity) return null;
    const { facilityId } = places;
    const place = placeAfter(null, { state: course.state, facilityId, at: decision.decidedAt });
    if (!place) return null;
    this.given += 1;
    if (this.given % ENDED_ONE_OF === 0) return casePlaceItem(id, endedPlace(place, endOfLease(decision.decidedAt)));
    this.taken.set(places, taken + 1);
    return casePlaceItem(id, place);
  }

  *sums(): Generator<FacilityPlacesItem> {
    for (const [places, taken] of this.taken) yield facilityPlacesItem({ ...places, taken, changes: 0 });
  }
}

function endOfLease(takenAt: string): string {
  const day = addDays(dayInShanghai(new Date(takenAt)), DAYS_OF_A_SHORT_LEASE);
  return shanghaiInstant(day, '10:00:00').toISOString();
}
