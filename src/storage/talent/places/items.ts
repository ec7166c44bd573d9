import type { CasePlaceFacts, FacilityPlaces } from '../../../domain/cases/place.ts';
import { talentKeys } from '../../tables.ts';

/** The place that a case has or had, in the case's own partition. It has no personal data. */
export type CasePlaceItem = ReturnType<typeof casePlaceItem>;
export function casePlaceItem(caseId: string, place: CasePlaceFacts) {
  return { ...place, caseId, ...talentKeys.placeOfCase(caseId), type: 'CasePlace' as const };
}

/** The places of a facility. The transaction of each decision that takes or gives back one changes `taken`. */
export type FacilityPlacesItem = ReturnType<typeof facilityPlacesItem>;
export function facilityPlacesItem(facts: FacilityPlaces & FacilityPlacesMarks) {
  return { ...facts, ...talentKeys.placesOf(facts.facilityId), type: 'FacilityPlaces' as const };
}

interface FacilityPlacesMarks {
  /** Changes of `taken` so far, so that a rebuild notices one that happens beside it. */
  readonly changes: number;
  /** The version of the park's list of facilities that the copy was made of. */
  readonly sourceVersion: number;
}
