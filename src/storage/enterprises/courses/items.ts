/** The items of courses and enrolments, each beside the function that makes it from its facts. */
import type { Course } from '../../../domain/courses/course.ts';
import type { Enrolment } from '../../../domain/courses/enrolment.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../../tables.ts';

export interface CourseItem extends PrimaryKey, Course {
  readonly type: 'Course';
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

export function courseItem(course: Course): CourseItem {
  const { id, parkId, startsAt } = course;
  return {
    ...course,
    ...enterpriseKeys.course(id),
    ...enterpriseIndexes.coursesOfPark(parkId, startsAt, id),
    type: 'Course',
  };
}

/** The free places of an announced course. Each enrolment takes places on condition that they are free. */
export interface CoursePlacesItem extends PrimaryKey {
  readonly type: 'CoursePlaces';
  readonly free: number;
  /** Each enrolment that takes or gives back places adds 1. */
  readonly changes?: number;
}

export function coursePlacesItem({ id }: Pick<Course, 'id'>, free: number, changes?: number): CoursePlacesItem {
  return {
    ...enterpriseKeys.coursePlaces(id),
    type: 'CoursePlaces',
    free,
    ...(changes !== undefined && { changes }),
  };
}

export interface EnrolmentItem extends PrimaryKey, Enrolment {
  readonly type: 'Enrolment';
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}

export function enrolmentItem(enrolment: Enrolment): EnrolmentItem {
  const { courseId, enterpriseId } = enrolment;
  return {
    ...enrolment,
    ...enterpriseKeys.enrolment(courseId, enterpriseId),
    ...enterpriseIndexes.enrolmentsOfEnterprise(enterpriseId, courseId),
    ...enterpriseIndexes.enrolmentsInCourse(courseId, enterpriseId),
    type: 'Enrolment',
  };
}
