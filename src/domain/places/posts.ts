import { mayWrite } from '../access/decision.ts';
import { recordRelation, unitRelation } from '../access/write-relation.ts';
import { shanghaiClock } from '../calendar/day.ts';
import type { Agency } from '../cases/agency.ts';
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
import { CONTROL_LEVELS, type ControlUnitKind, type ControlUnitRecord } from './control-units.ts';

/** The days of a week, Monday first. */
export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Tasks at a post. A roster has tasks alone: it names nobody. */
export type PostDuty =
  | 'GATE_GUARD'
  | 'TEMPERATURE_CHECK'
  | 'VISITOR_REGISTRATION'
  | 'DISINFECTION'
  | 'PATROL'
  | 'DUTY_DESK';

export interface ShiftRecord {
  readonly days: readonly Weekday[];
  /** `HH:MM` in Asia/Shanghai. A shift that ends at its beginning or before it goes on to the next day. */
  readonly from: string;
  readonly to: string;
  readonly roster: readonly { readonly duty: PostDuty; readonly staff: number }[];
}

/** A fixed post (固定岗位) with its shifts. */
export interface PostRecord {
  /** The post's code, unique in its unit. It stays over all versions of the list. */
  readonly id: string;
  readonly name: Localized;
  readonly shifts: readonly ShiftRecord[];
}

/** The posts of one control unit. */
export interface UnitPostsFacts extends Versioned {
  readonly parkId: string;
  /** The unit's code in its park. */
  readonly unitCode: string;
  readonly posts: readonly PostRecord[];
  /** The answer of a joint unit to this version; null before it, and for a unit of the three levels. */
  readonly answer: { readonly agrees: boolean; readonly answeredAt: string } | null;
}

/** A list of posts as its publisher states it. */
export interface StatedPosts extends Pick<UnitPostsFacts, 'parkId' | 'unitCode' | 'posts'> {
  /** The version of the list that was seen; null where none is published yet. */
  readonly seen: number | null;
}

export const MAX_POSTS = 20;
const MAX_SHIFTS = 10;
const MAX_STAFF = 100;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The unit of a list of posts, and the zone of its park. Both are null where there is none. */
interface PostsGrounds {
  readonly unit: ControlUnitRecord | null;
  readonly zoneId: string | null;
  readonly viewer: Viewer;
}

/** Decides the next version of a unit's posts. What the list leaves out, the unit has no longer. */
export function decidePosts(
  stated: StatedPosts,
  before: UnitPostsFacts | null,
  { unit, zoneId, viewer }: PostsGrounds,
): Decision<UnitPostsFacts, RecordRefusalCode> {
  return decideList(stated, before, unit, mayWrite(viewer, 'publishPosts', recordRelation(viewer, zoneId)));
}

/** Decides likewise for the enterprise that is the unit. */
export function decideOwnPosts(
  stated: StatedPosts,
  before: UnitPostsFacts | null,
  { unit, viewer }: Omit<PostsGrounds, 'zoneId'>,
): Decision<UnitPostsFacts, RecordRefusalCode> {
  const relation = unitRelation(viewer, { enterpriseId: unit?.enterpriseId ?? null });
  return decideList(stated, before, unit, mayWrite(viewer, 'publishOwnPosts', relation));
}

function decideList(
  { seen, ...stated }: StatedPosts,
  before: UnitPostsFacts | null,
  unit: ControlUnitRecord | null,
  isAllowed: boolean,
): Decision<UnitPostsFacts, RecordRefusalCode> {
  const { posts } = stated;
  const refusals = [
    ...refusePublisher(isAllowed),
    ...refuseUnknown(unit),
    ...refuseVersion(seen, before),
    ...unless(posts.length <= MAX_POSTS, 'INVALID_VALUE', ['posts'], `A unit has at most ${MAX_POSTS} posts.`),
    ...posts.flatMap((post, i) => {
      const at = ['posts', `${i}`];
      return [
        ...unless(isUnique(posts, i), 'INVALID_CODE', [...at, 'code'], 'A code is unique in its unit.'),
        ...refusePost(post, at),
      ];
    }),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...stated, answer: null, version: (before?.version ?? 0) + 1 } };
}

const refuseUnknown = (unit: ControlUnitRecord | null) =>
  unless(unit !== null, 'UNKNOWN_REFERENCE', ['unit'], 'There is no such control unit.');

function refusePost({ id, name, shifts }: PostRecord, at: readonly string[]): readonly RecordRefusal[] {
  return [
    ...refuseCode(id, [...at, 'code']),
    ...refuseText(name, [...at, 'name']),
    ...unless(
      shifts.length >= 1 && shifts.length <= MAX_SHIFTS,
      'INVALID_VALUE',
      [...at, 'shifts'],
      `A post has 1 to ${MAX_SHIFTS} shifts.`,
    ),
    ...shifts.flatMap((shift, i) => refuseShift(shift, [...at, 'shifts', `${i}`])),
  ];
}

function refuseShift({ days, from, to, roster }: ShiftRecord, at: readonly string[]): readonly RecordRefusal[] {
  const areDistinct = (list: readonly string[]) => new Set(list).size === list.length;
  const duties = roster.map(({ duty }) => duty);
  return [
    ...unless(
      days.length > 0 && areDistinct(days),
      'INVALID_VALUE',
      [...at, 'days'],
      'A shift is on at least one day, and names each once.',
    ),
    ...(['from', 'to'] as const).flatMap((end) =>
      unless(CLOCK.test({ from, to }[end]), 'INVALID_VALUE', [...at, end], 'A time is `HH:MM`, `00:00` to `23:59`.'),
    ),
    ...unless(
      duties.length > 0 && areDistinct(duties),
      'INVALID_VALUE',
      [...at, 'roster'],
      'A roster has at least one duty, and names each once.',
    ),
    ...roster.flatMap(({ staff }, i) =>
      unless(
        staff >= 1 && staff <= MAX_STAFF,
        'INVALID_VALUE',
        [...at, 'roster', `${i}`, 'staff'],
        `A duty takes 1 to ${MAX_STAFF} persons.`,
      ),
    ),
  ];
}

/**
 * The agency that answers for a joint unit. A subdistrict has no officers here: the park office notes its answer.
 */
const ANSWERING: Readonly<Partial<Record<ControlUnitKind, Agency>>> = { SUBDISTRICT: 'PARK', POLICE_STATION: 'PSB' };

/** Decides a joint unit's answer to the posts that the park office asks of it (联防联控). */
export function decideJointAnswer(
  { seen, agrees }: { readonly seen: number; readonly agrees: boolean },
  before: UnitPostsFacts | null,
  { unit, zoneId, viewer, now }: PostsGrounds & { readonly now: Date },
): Decision<UnitPostsFacts, RecordRefusalCode> {
  const agency = unit && ANSWERING[unit.kind];
  const isOfUnit = viewer.kind === 'officer' && viewer.agency === agency;
  const mayAnswer = isOfUnit && mayWrite(viewer, 'answerJointControl', recordRelation(viewer, zoneId));
  const refusals = [
    ...refusePublisher(mayAnswer),
    ...refuseUnknown(unit),
    ...unless(before !== null, 'UNKNOWN_RECORD', ['unit'], 'No posts are asked of this unit.'),
    ...(before ? refuseVersion(seen, before) : []),
  ];
  if (refusals.length > 0 || !before) return { ok: false, refusals };
  const answer = { agrees, answeredAt: now.toISOString() };
  return { ok: true, value: { ...before, answer, version: before.version + 1 } };
}

/** Returns whether a unit's posts are manned: those of a joint unit, once it has agreed. */
export function isManned(kind: ControlUnitKind, { answer }: Pick<UnitPostsFacts, 'answer'>): boolean {
  return CONTROL_LEVELS[kind] !== null || answer?.agrees === true;
}

/** Returns the shifts of a post at an instant. */
export function shiftsAt({ shifts }: PostRecord, instant: Date): readonly ShiftRecord[] {
  const { weekday, time } = shanghaiClock(instant);
  const today = WEEKDAYS[weekday];
  const yesterday = WEEKDAYS[(weekday + 6) % 7];
  return shifts.filter(({ days, from, to }) => {
    const isOn = (day: Weekday | undefined) => day !== undefined && days.includes(day);
    if (from < to) return isOn(today) && from <= time && time < to;
    return (isOn(today) && from <= time) || (isOn(yesterday) && time < to);
  });
}
