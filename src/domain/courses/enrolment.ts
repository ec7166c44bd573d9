/** Enrolments of enterprises in courses: a number of staff, without names. */
import { mayWrite } from '../access/decision.ts';
import type { EnterpriseRelation } from '../access/relation.ts';
import { recordRelation } from '../access/write-relation.ts';
import { refusePublisher, refuseVersion, type Versioned } from '../records/record.ts';
import { type Decision, refuse } from '../refusal.ts';
import { refuseRelation, type StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';
import { type Course, isOpen } from './course.ts';

export interface Enrolment extends Versioned {
  readonly courseId: string;
  readonly enterpriseId: string;
  readonly parkId: string;
  /** Places that the enterprise has; 0 after a withdrawal. */
  readonly staff: number;
  /** Staff that attended; null until the park's office has recorded it. */
  readonly attended: number | null;
  /** The zones whose officers see it: the park's. */
  readonly zoneIds: readonly string[];
}

/** The stored facts that decide an enrolment. */
export interface EnrolmentSituation {
  readonly course: Course | null;
  readonly before: Enrolment | null;
  /** Free places; 0 for a cancelled course. */
  readonly free: number;
}

export type EnrolmentDecision = Decision<Enrolment, StepRefusalCode>;

/** The enrolment as an enterprise's clerk states it. */
export interface StatedEnrolment {
  readonly enterpriseId: string;
  readonly staff: number;
  /** The version that was seen; null for the first. */
  readonly seen: number | null;
}

/**
 * Decides how many places an enterprise has in a course.
 * @param relation the viewer's relation to the enterprise; null where there is no such enterprise
 * @param isResident set where the enterprise resides in the course's park today
 */
export function decideEnrolment(
  { enterpriseId, staff, seen }: StatedEnrolment,
  { course, before, free }: EnrolmentSituation,
  { relation, isResident }: { readonly relation: EnterpriseRelation | null; readonly isResident: boolean },
  viewer: Viewer,
  now: Date,
): EnrolmentDecision {
  const refused = refuseRelation(relation, (of) => mayWrite(viewer, 'enrolInCourse', of));
  if (refused.length > 0) return { ok: false, refusals: refused };
  if (!course) return refuse('UNKNOWN_RECORD', ['course'], 'There is no such course.');
  if (!isResident) return refuse('UNKNOWN_REFERENCE', ['enterprise'], "The enterprise doesn't reside in the park.");
  if (!isOpen(course, now)) return refuse('WRONG_STATE', ['course'], 'The course is cancelled, or has begun.');
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  const had = before?.staff ?? 0;
  if (staff < 0 || (staff === 0 && had === 0)) {
    return refuse('INVALID_VALUE', ['staff'], 'At least 1 of the staff enrols; 0 withdraws an enrolment.');
  }
  if (staff - had > free) return refuse('FULL', ['staff'], `The course has ${free} free places.`);
  return {
    ok: true,
    value: {
      courseId: course.id,
      enterpriseId,
      parkId: course.parkId,
      staff,
      attended: null,
      zoneIds: [course.zoneId],
      version: (before?.version ?? 0) + 1,
    },
  };
}

/**
 * Decides the attendance of an enterprise's staff, once the course has begun.
 * @param seen the version of the enrolment that the officer has seen
 */
export function decideAttendance(
  { attended, seen }: { readonly attended: number; readonly seen: number },
  { course, before }: Pick<EnrolmentSituation, 'course' | 'before'>,
  viewer: Viewer,
  now: Date,
): EnrolmentDecision {
  const refused = refusePublisher(mayWrite(viewer, 'recordAttendance', recordRelation(viewer, course?.zoneId ?? null)));
  if (refused.length > 0) return { ok: false, refusals: refused };
  if (!course || !before) return refuse('UNKNOWN_RECORD', ['enterprise'], 'There is no such enrolment.');
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  if (course.state === 'CANCELLED' || now.getTime() < Date.parse(course.startsAt)) {
    return refuse('WRONG_STATE', ['course'], 'The course is cancelled, or has not begun.');
  }
  if (attended < 0 || attended > before.staff) {
    return refuse('INVALID_VALUE', ['attended'], 'At most those who enrolled attended.');
  }
  return { ok: true, value: { ...before, attended, version: before.version + 1 } };
}
