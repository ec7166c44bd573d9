import type { Table } from '../dynamodb/table.ts';
import { type Figures, openFigures } from './figures.ts';
import { openParks, type Parks } from './parks.ts';
import { openPolicies, type Policies } from './policies.ts';
import { openZones, type Zones } from './zones.ts';

/** The parks table, opened for one request. */
export interface ParksStore {
  readonly zones: Zones;
  readonly parks: Parks;
  readonly policies: Policies;
  readonly figures: Figures;
}

export function openParksStore(table: Table): ParksStore {
  return {
    zones: openZones(table),
    parks: openParks(table),
    policies: openPolicies(table),
    figures: openFigures(table),
  };
}
