import { type CasePlaceFacts, FACILITY_FULL } from '../../../domain/cases/place.ts';
import { isIdOf } from '../../../domain/ids.ts';
import { itemLoader, type Loader } from '../../dynamodb/loader.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { attributeIsLess, put, update, versionIs, type Write } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import { casePlaceItem, type FacilityPlacesItem } from './items.ts';

export interface Places {
  readonly of: Loader<string, FacilityPlacesItem | null>;
  /** Loads a facility for a decision, as it is now; null where it has no places for cases. */
  offered(facilityId: string): Promise<FacilityPlacesItem | null>;
}

export function openPlaces(table: Table): Places {
  return {
    of: itemLoader<FacilityPlacesItem>(table, 'fac', talentKeys.placesOf),
    offered: async (id) =>
      isIdOf('fac', id) ? readItem<FacilityPlacesItem>(table, talentKeys.placesOf(id), { consistent: true }) : null,
  };
}

export type FacilityFull = typeof FACILITY_FULL;

/**
 * Returns the writes of a change of a case's place: the place, and the facility's counter. Two changes of one place
 * exclude each other, and no decision takes a place beyond the capacity, however many come at once.
 */
export function placeWrites(
  caseId: string,
  before: CasePlaceFacts | null,
  after: CasePlaceFacts | null,
): Write<Stale | FacilityFull>[] {
  if (!after) return [];
  const counter = talentKeys.placesOf(after.facilityId);
  const ifFree = { when: attributeIsLess('taken', 'capacity'), otherwise: FACILITY_FULL };
  return [
    put<Stale>(casePlaceItem(caseId, after), { when: versionIs(before?.version ?? 0), otherwise: STALE }),
    after.endedAt === null
      ? update<FacilityFull>(counter, { add: { taken: 1, changes: 1 } }, ifFree)
      : update(counter, { add: { taken: -1, changes: 1 } }),
  ];
}
