import type { Course } from '../../../domain/courses/course.ts';
import type { Enrolment } from '../../../domain/courses/enrolment.ts';
import { itemLoader, keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { emptyPage, type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { atLeast, exists, put, remove, update, type Write } from '../../dynamodb/write.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import { openVersionedRecords, type VersionedRecords } from '../versioned-records.ts';
import { enrolmentEntries, type ListPart, type ZoneEntryItem } from '../zone-entries.ts';
import {
  type CourseItem,
  type CoursePlacesItem,
  courseItem,
  coursePlacesItem,
  type EnrolmentItem,
  enrolmentItem,
} from './items.ts';

export interface Courses {
  readonly byId: Loader<string, CourseItem | null>;
  readonly records: VersionedRecords<Course, CourseItem>;
  readonly enrolments: VersionedRecords<Enrolment, EnrolmentItem>;
  /** Loads the free places of a course; null for a cancelled one. */
  readonly placesOf: Loader<string, CoursePlacesItem | null>;
  /** Lists the courses of a park that start at an instant or later, the next one first. */
  listOfPark(parkId: string, from: string, page: PageRequest): Promise<Page<CourseItem>>;
  /** Lists the enrolments in a course, by enterprise. */
  enrolmentsIn(courseId: string, page: PageRequest): Promise<Page<EnrolmentItem>>;
  /** Lists a part of an enterprise's enrolments, the newest course first. */
  enrolmentsOf(enterpriseId: string, part: ListPart, page: PageRequest): Promise<Page<EnrolmentItem>>;
}

export function openCourses(table: Table): Courses {
  const byId = itemLoader<CourseItem>(table, 'course', enterpriseKeys.course);
  const enrolments = keyLoader<PrimaryKey, EnrolmentItem>(table, (key) => key);
  return {
    byId,
    records: openVersionedRecords(table, courseItem, placesWrites),
    enrolments: openVersionedRecords(table, enrolmentItem, enrolmentWrites),
    placesOf: itemLoader<CoursePlacesItem>(table, 'course', enterpriseKeys.coursePlaces),
    listOfPark: (parkId, from, page) =>
      readPage<PrimaryKey, CourseItem>(table, page, {
        range: {
          index: 'gsi1',
          partition: enterpriseIndexes.coursesOfPark(parkId, '', '').gsi1pk,
          sort: { from, to: '9999' },
        },
        binding: { field: 'Park.courses', arguments: { parkId, from } },
        nodes: (entries) => byId.loadMany(entries.map(({ pk }) => pk)),
      }),
    enrolmentsIn: (courseId, page) =>
      readPage<PrimaryKey, EnrolmentItem>(table, page, {
        range: { index: 'gsi2', partition: enterpriseIndexes.enrolmentsInCourse(courseId, '').gsi2pk },
        binding: { field: 'Course.enrolments', arguments: { courseId } },
        nodes: (entries) => enrolments.loadMany(entries),
      }),
    enrolmentsOf: async (enterpriseId, part, page) => {
      if (part === 'NONE') return emptyPage(page);
      if (part !== 'ALL') {
        const { pk, sk } = enterpriseKeys.enrolmentOfZone(enterpriseId, part.zoneId, '');
        return readPage<ZoneEntryItem, EnrolmentItem>(table, page, {
          range: { partition: pk, sort: { beginsWith: sk }, backwards: true },
          binding: { field: 'Enterprise.enrolments', arguments: { enterpriseId, ...part } },
          nodes: (entries) => enrolments.loadMany(entries.map(({ of }) => of)),
        });
      }
      return readPage<PrimaryKey, EnrolmentItem>(table, page, {
        range: {
          index: 'gsi1',
          partition: enterpriseIndexes.enrolmentsOfEnterprise(enterpriseId, '').gsi1pk,
          backwards: true,
        },
        binding: { field: 'Enterprise.enrolments', arguments: { enterpriseId } },
        nodes: (entries) => enrolments.loadMany(entries),
      });
    },
  };
}

/** A new course has all its places free; a cancelled one has none, so that no enrolment can take one. */
function placesWrites(before: CourseItem | null, after: CourseItem): readonly Write<Stale>[] {
  if (!before) return [put(coursePlacesItem(after, after.capacity))];
  return after.state === 'CANCELLED' ? [remove(enterpriseKeys.coursePlaces(after.id))] : [];
}

/** A first enrolment enters the lists of its zones. */
function enrolmentWrites(before: EnrolmentItem | null, after: EnrolmentItem): readonly Write<Stale>[] {
  return [...(before ? [] : enrolmentEntries(after).map((entry) => put(entry))), ...takenWrites(before, after)];
}

/** An enrolment takes places on condition that they are free, or gives some back. */
function takenWrites(before: EnrolmentItem | null, after: EnrolmentItem): readonly Write<Stale>[] {
  const taken = after.staff - (before?.staff ?? 0);
  if (taken === 0) return [];
  const when = taken > 0 ? atLeast('free', taken) : exists;
  return [
    update(
      enterpriseKeys.coursePlaces(after.courseId),
      { add: { free: -taken, changes: 1 } },
      { when, otherwise: STALE },
    ),
  ];
}
