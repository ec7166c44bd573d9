/** Online courses (线上课程) of a park: announced by its office, with a limited number of places. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import { refusePublisher, refuseText, refuseVersion, unless, type Versioned } from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';

export interface Course extends Versioned {
  readonly id: string;
  readonly parkId: string;
  /** The zone of the park when the course was announced. */
  readonly zoneId: string;
  readonly title: Localized;
  /** The platform, e.g. a meeting service. */
  readonly channel: Localized;
  /** RFC 3339, UTC. */
  readonly startsAt: string;
  readonly capacity: number;
  readonly state: 'ANNOUNCED' | 'CANCELLED';
}

export type StatedCourse = Omit<Course, 'version' | 'state' | 'zoneId'>;
export type CourseDecision = Decision<Course, StepRefusalCode>;

const MAX_CAPACITY = 100_000;

/**
 * Decides a new course.
 * @param zoneId the zone of the park; null where there is no such park
 */
export function decideAnnouncement(
  stated: StatedCourse,
  zoneId: string | null,
  viewer: Viewer,
  now: Date,
): CourseDecision {
  if (zoneId === null) {
    return { ok: false, refusals: [{ code: 'UNKNOWN_REFERENCE', field: ['park'], message: 'There is no such park.' }] };
  }
  const refused = refusePublisher(mayWrite(viewer, 'announceCourse', recordRelation(viewer, zoneId)));
  if (refused.length > 0) return { ok: false, refusals: refused };
  const { title, channel, startsAt, capacity } = stated;
  const refusals = [
    ...refuseText(title, ['title']),
    ...refuseText(channel, ['channel']),
    ...unless(Date.parse(startsAt) > now.getTime(), 'INVALID_VALUE', ['startsAt'], 'A course starts in the future.'),
    ...unless(
      capacity >= 1 && capacity <= MAX_CAPACITY,
      'INVALID_VALUE',
      ['capacity'],
      `A course has 1 to ${MAX_CAPACITY} places.`,
    ),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...stated, zoneId, version: 1, state: 'ANNOUNCED' } };
}

/**
 * Decides the cancellation of a course that has not begun.
 * @param seen the version that the officer has seen
 */
export function decideCancellation(before: Course | null, seen: number, viewer: Viewer, now: Date): CourseDecision {
  if (!before) {
    return {
      ok: false,
      refusals: [{ code: 'UNKNOWN_RECORD', field: ['course'], message: 'There is no such course.' }],
    };
  }
  const refused = refusePublisher(mayWrite(viewer, 'cancelCourse', recordRelation(viewer, before.zoneId)));
  const refusals = refused.length > 0 ? refused : refuseVersion(seen, before);
  if (refusals.length > 0) return { ok: false, refusals };
  if (!isOpen(before, now)) {
    const message = 'The course is cancelled, or has begun.';
    return { ok: false, refusals: [{ code: 'WRONG_STATE', field: [], message }] };
  }
  return { ok: true, value: { ...before, version: before.version + 1, state: 'CANCELLED' } };
}

/** Returns whether enterprises may enrol: until the course begins. */
export function isOpen({ state, startsAt }: Course, now: Date): boolean {
  return state === 'ANNOUNCED' && now.getTime() < Date.parse(startsAt);
}
