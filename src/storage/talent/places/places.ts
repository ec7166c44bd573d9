import { isIdOf } from '../../../domain/ids.ts';
import { itemLoader, type Loader } from '../../dynamodb/loader.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { talentKeys } from '../../tables.ts';
import type { FacilityPlacesItem } from './items.ts';

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
