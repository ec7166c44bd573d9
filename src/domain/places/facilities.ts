import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { dayInShanghai } from '../calendar/day.ts';
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

export type FacilityKind =
  | 'INCUBATOR'
  | 'TALENT_APARTMENT'
  | 'SCHOOL'
  | 'KINDERGARTEN'
  | 'CANTEEN'
  | 'CLINIC'
  | 'LABORATORY'
  | 'SERVICE_HALL';

/** A facility of a park (配套设施) with its places. */
export interface FacilityRecord {
  /** The facility's code, unique in its park. It stays over all versions of the list. */
  readonly id: string;
  readonly kind: FacilityKind;
  readonly name: Localized;
  /** All places. */
  readonly capacity: number;
  /** Places that cases can't take: taken before, or kept for others. Missing in lists from before it was asked for. */
  readonly reserved?: number;
  /** Free places on `countedOn`; both null where they aren't counted. */
  readonly free: number | null;
  readonly countedOn: string | null;
}

/** The list of a park's facilities. */
export interface ParkFacilitiesFacts extends Versioned {
  readonly parkId: string;
  /** The park's zone, which stays. */
  readonly zoneId: string;
  readonly facilities: readonly FacilityRecord[];
}

/** A list of facilities as its publisher states it. */
export interface StatedFacilities extends Omit<ParkFacilitiesFacts, 'version' | 'zoneId'> {
  /** The version of the list that was seen; null where none is published yet. */
  readonly seen: number | null;
}

export const MAX_FACILITIES = 50;
const MAX_CAPACITY = 1_000_000;

interface FacilitiesGrounds {
  /** The zone of the park; null where there is no such park. */
  readonly zoneId: string | null;
  readonly viewer: Viewer;
  readonly now: Date;
}

/** Decides the next version of a park's list of facilities. What the list leaves out, the park has no longer. */
export function decideFacilities(
  { seen, ...stated }: StatedFacilities,
  before: ParkFacilitiesFacts | null,
  { zoneId, viewer, now }: FacilitiesGrounds,
): Decision<ParkFacilitiesFacts, RecordRefusalCode> {
  const { facilities } = stated;
  const today = dayInShanghai(now);
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'publishFacilities', recordRelation(viewer, zoneId))),
    ...unless(zoneId !== null, 'UNKNOWN_REFERENCE', ['park'], 'There is no such park.'),
    ...refuseVersion(seen, before),
    ...unless(
      facilities.length <= MAX_FACILITIES,
      'INVALID_VALUE',
      ['facilities'],
      `A park has at most ${MAX_FACILITIES} facilities.`,
    ),
    ...facilities.flatMap((facility, i) => [
      ...unless(
        isUnique(facilities, i),
        'INVALID_CODE',
        ['facilities', `${i}`, 'code'],
        'A code is unique in its park.',
      ),
      ...refuseFacility(facility, today, ['facilities', `${i}`]),
    ]),
  ];
  if (refusals.length > 0 || zoneId === null) return { ok: false, refusals };
  return { ok: true, value: { ...stated, zoneId, version: (before?.version ?? 0) + 1 } };
}

function refuseFacility(
  { id, name, capacity, reserved = 0, free, countedOn }: FacilityRecord,
  today: string,
  at: readonly string[],
): readonly RecordRefusal[] {
  return [
    ...refuseCode(id, [...at, 'code']),
    ...refuseText(name, [...at, 'name']),
    ...unless(
      capacity >= 0 && capacity <= MAX_CAPACITY,
      'INVALID_VALUE',
      [...at, 'capacity'],
      `A capacity is 0 to ${MAX_CAPACITY} places.`,
    ),
    ...unless(
      reserved >= 0 && reserved <= capacity,
      'INVALID_VALUE',
      [...at, 'reserved'],
      'Reserved places are 0 to the capacity.',
    ),
    ...unless(
      free === null || (free >= 0 && free <= capacity),
      'INVALID_VALUE',
      [...at, 'free'],
      'Free places are 0 to the capacity.',
    ),
    ...unless(
      (free === null) === (countedOn === null),
      'INVALID_VALUE',
      [...at, 'countedOn'],
      'Free places and the day of their count come together.',
    ),
    ...unless(
      countedOn === null || countedOn <= today,
      'INVALID_VALUE',
      [...at, 'countedOn'],
      'Places are counted today at the latest.',
    ),
  ];
}
