import { inspectionItem } from '../../src/storage/enterprises/make-items.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { casePlaceItem, facilityPlacesItem } from '../../src/storage/talent/places/items.ts';
import type { Side } from './callers.ts';

/** The flats of a side's park: the approved case has one of three. */
export const flatsOf = (side: Side) => `fac_writes-${side}--flats`;

/** Returns the counter of the flats, and the place that a case has. */
export function placesOf(side: Side, zoneId: string, caseId: string, now: Date): readonly PrimaryKey[] {
  const facilityId = flatsOf(side);
  return [
    casePlaceItem(caseId, { version: 1, facilityId, takenAt: now.toISOString(), endedAt: null }),
    facilityPlacesItem({
      facilityId,
      zoneId,
      kind: 'TALENT_APARTMENT',
      capacity: 3,
      taken: 1,
      changes: 1,
      sourceVersion: 1,
    }),
  ];
}

/** Returns the inspections of an enterprise, with a finding that is open or reported, by their ids. */
export function inspectionsOf(
  ids: Readonly<Record<'open' | 'reported', string>>,
  of: { readonly zoneId: string; readonly parkId: string; readonly enterpriseId: string },
): readonly PrimaryKey[] {
  return (['open', 'reported'] as const).map((name) =>
    inspectionItem({
      ...of,
      id: ids[name],
      agency: 'PARK',
      facilityId: null,
      inspectedOn: '2020-03-16',
      findings: [
        {
          id: 'exit',
          text: { zh: '出口堵塞', ja: '出口の閉塞', en: 'Exit blocked' },
          severity: 'MAJOR',
          dueOn: '2020-04-01',
          state: name === 'open' ? 'OPEN' : 'REPORTED',
          proof: null,
        },
      ],
      version: 1,
    }),
  );
}
