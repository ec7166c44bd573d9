import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import {
  type RecordRefusalCode,
  refuseCode,
  refusePublisher,
  refuseRegionCode,
  refuseText,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';

/** A science park (科技园). */
export interface ParkFacts extends Versioned {
  readonly code: string;
  readonly name: Localized;
  readonly zoneId: string;
  /** GB/T 2260, six digits. */
  readonly regionCode: string;
  readonly openedOn: string | null;
  /** Core area in square kilometres, a decimal number. */
  readonly area: string | null;
  readonly address: Localized | null;
}

/** A park as its publisher states it. */
export interface StatedPark extends Omit<ParkFacts, 'version'> {
  /** The version that was seen; null for a new park. */
  readonly seen: number | null;
}

const MAX_AREA_KM2 = 10_000;

/**
 * Decides the next version of a park. It stays in its zone: figures, stays and officers' rights rest on it.
 * @param isZoneKnown whether the park's zone exists
 */
export function decidePark(
  { seen, ...stated }: StatedPark,
  before: ParkFacts | null,
  isZoneKnown: boolean,
  viewer: Viewer,
): Decision<ParkFacts, RecordRefusalCode> {
  const { area, address } = stated;
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'publishPark', recordRelation(viewer, before?.zoneId ?? stated.zoneId))),
    ...refuseVersion(seen, before),
    ...refuseCode(stated.code),
    ...refuseText(stated.name, ['name']),
    ...refuseRegionCode(stated.regionCode),
    ...unless(isZoneKnown, 'UNKNOWN_REFERENCE', ['zone'], 'There is no such zone.'),
    ...unless(!before || before.zoneId === stated.zoneId, 'KEPT', ['zone'], 'A park stays in its zone.'),
    ...unless(
      area === null || (Number(area) > 0 && Number(area) <= MAX_AREA_KM2),
      'INVALID_VALUE',
      ['area'],
      `An area is more than 0 and at most ${MAX_AREA_KM2} square kilometres.`,
    ),
    ...(address ? refuseText(address, ['address']) : []),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...stated, version: (before?.version ?? 0) + 1 } };
}
