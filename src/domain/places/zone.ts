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

/** The State's classes of zones. */
export type ZoneKind =
  | 'NEW_AREA'
  | 'DEVELOPMENT'
  | 'HIGH_TECH'
  | 'BONDED'
  | 'PORT'
  | 'ECO_CITY'
  | 'SCIENCE_CITY'
  | 'SCIENCE_PARK'
  | 'DEMONSTRATION';

/** A zone (功能区): an administration that issues policies and holds parks. */
export interface ZoneFacts extends Versioned {
  readonly code: string;
  readonly name: Localized;
  readonly kind: ZoneKind;
  /** GB/T 2260, six digits. */
  readonly regionCode: string;
  /** The zone that this one is part of. */
  readonly parentId: string | null;
}

/** A zone as an administrator states it. */
export interface StatedZone extends Omit<ZoneFacts, 'version'> {
  /** The version that was seen; null for a new zone. */
  readonly seen: number | null;
}

/**
 * Decides the next version of a zone.
 * @param isParentKnown whether the zone that it is part of exists; true where it is part of none
 */
export function decideZone(
  { seen, ...stated }: StatedZone,
  before: ZoneFacts | null,
  isParentKnown: boolean,
  viewer: Viewer,
): Decision<ZoneFacts, RecordRefusalCode> {
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'publishZone', recordRelation(viewer, null))),
    ...refuseVersion(seen, before),
    ...refuseCode(stated.code),
    ...refuseText(stated.name, ['name']),
    ...refuseRegionCode(stated.regionCode),
    ...unless(isParentKnown, 'UNKNOWN_REFERENCE', ['parent'], 'There is no such zone.'),
    ...unless(stated.parentId !== `zone_${stated.code}`, 'INVALID_VALUE', ['parent'], 'A zone is not part of itself.'),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...stated, version: (before?.version ?? 0) + 1 } };
}
