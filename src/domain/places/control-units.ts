import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { isIdOf } from '../ids.ts';
import type { Localized } from '../locale.ts';
import {
  isUnique,
  type RecordRefusal,
  type RecordRefusalCode,
  refuseCode,
  refusePublisher,
  refuseText,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';

export type ControlUnitKind = 'PARK_OFFICE' | 'PROPERTY_OWNER' | 'PROPERTY_MANAGER' | 'SUBDISTRICT' | 'POLICE_STATION';

/** The three levels of control (三级管控); a joint unit (联防联控) has none. */
export const CONTROL_LEVELS = {
  PARK_OFFICE: 1,
  PROPERTY_OWNER: 2,
  PROPERTY_MANAGER: 3,
  SUBDISTRICT: null,
  POLICE_STATION: null,
} as const satisfies Record<ControlUnitKind, number | null>;

export interface ControlUnitRecord {
  /** The unit's code, unique in its park. It stays over all versions of the list. */
  readonly id: string;
  readonly kind: ControlUnitKind;
  readonly name: Localized;
  /** Another unit of the same park. */
  readonly reportsToId: string | null;
  /** The enterprise that is the property owner or manager. Missing where none is named. */
  readonly enterpriseId?: string;
  /** The duty desk's number, unmasked. Reading it is subject to permissions. */
  readonly contactPhone: string | null;
}

/** The list of a park's control units. */
export interface ParkControlFacts extends Versioned {
  readonly parkId: string;
  readonly units: readonly ControlUnitRecord[];
}

/** A list of control units as its publisher states it. */
export interface StatedControlUnits extends Omit<ParkControlFacts, 'version'> {
  /** The version of the list that was seen; null where none is published yet. */
  readonly seen: number | null;
}

export const MAX_CONTROL_UNITS = 50;

/**
 * Decides the next version of a park's list of control units. What the list leaves out, the park has no longer.
 * @param zoneId the zone of the park; null where there is no such park
 */
export function decideControlUnits(
  { seen, ...stated }: StatedControlUnits,
  before: ParkControlFacts | null,
  zoneId: string | null,
  viewer: Viewer,
): Decision<ParkControlFacts, RecordRefusalCode> {
  const { units } = stated;
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'publishControlUnits', recordRelation(viewer, zoneId))),
    ...unless(zoneId !== null, 'UNKNOWN_REFERENCE', ['park'], 'There is no such park.'),
    ...refuseVersion(seen, before),
    ...unless(
      units.length <= MAX_CONTROL_UNITS,
      'INVALID_VALUE',
      ['units'],
      `A park has at most ${MAX_CONTROL_UNITS} control units.`,
    ),
    ...units.flatMap((_, i) => refuseUnit(units, i)),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...stated, version: (before?.version ?? 0) + 1 } };
}

/** Units that an enterprise may be. */
const MANAGED: readonly ControlUnitKind[] = ['PROPERTY_OWNER', 'PROPERTY_MANAGER'];

/** A telephone number as it is dialled in China: an extension of an exchange, a short number or a mobile one. */
const PHONE = /^(?=(?:-?\d){3,12}$)\d+(-\d+)?$/;

function refuseUnit(units: readonly ControlUnitRecord[], i: number): readonly RecordRefusal[] {
  const unit = units[i];
  if (!unit) return [];
  const { id, kind, name, reportsToId, contactPhone, enterpriseId } = unit;
  const at = ['units', `${i}`];
  const above = units.find((other) => other.id === reportsToId);
  return [
    ...refuseCode(id, [...at, 'code']),
    ...unless(isUnique(units, i), 'INVALID_CODE', [...at, 'code'], 'A code is unique in its park.'),
    ...refuseText(name, [...at, 'name']),
    ...unless(
      reportsToId === null || above !== undefined,
      'UNKNOWN_REFERENCE',
      [...at, 'reportsTo'],
      'The list has no such unit.',
    ),
    ...unless(
      above === undefined || goesOneLevelUp(unit, above),
      'INVALID_VALUE',
      [...at, 'reportsTo'],
      'A unit of level 2 or 3 reports to one of the level above; others report to no unit of the park.',
    ),
    ...unless(
      enterpriseId === undefined || (MANAGED.includes(kind) && isIdOf('ent', enterpriseId)),
      'INVALID_VALUE',
      [...at, 'enterprise'],
      'A property owner or manager may be an enterprise, by its id; other units are none.',
    ),
    ...unless(
      contactPhone === null || PHONE.test(contactPhone),
      'INVALID_VALUE',
      [...at, 'contactPhone'],
      'A telephone number has 3 to 12 digits, with a hyphen behind the area code at most.',
    ),
  ];
}

/** Levels fall with each step, so no chain of units comes back to itself. */
function goesOneLevelUp(unit: ControlUnitRecord, above: ControlUnitRecord): boolean {
  const [level, levelAbove] = [CONTROL_LEVELS[unit.kind], CONTROL_LEVELS[above.kind]];
  return level !== null && levelAbove !== null && levelAbove === level - 1;
}
