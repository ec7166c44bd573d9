/** The free places of courses, which enrolments take in their own transaction. */

import { batchRead } from '../dynamodb/batch.ts';
import { readRange, scanPages } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../dynamodb/transaction.ts';
import { attributeIs, check, isNew, put, remove } from '../dynamodb/write.ts';
import {
  type CourseItem,
  type CoursePlacesItem,
  coursePlacesItem,
  type EnrolmentItem,
} from '../enterprises/courses/items.ts';
import { enterpriseKeys } from '../tables/enterprises.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { type OpenTables, type ReadModelDifference, textOfKey } from './read-model.ts';
import { changesAre, differenceOf, recountedItems } from './recounts.ts';
import { compareSums } from './sums.ts';

type Read = CourseItem | CoursePlacesItem;

export const coursePlaces = recountedItems<Read, string>({
  name: 'course-places',
  title: 'free places of courses',
  store: 'enterprises',
  types: ['Course', 'CoursePlaces'],
  placeOf: ({ pk }) => pk,
  keyOf: enterpriseKeys.coursePlaces,
  compare,
  recount,
});

async function compare(open: OpenTables) {
  const courses = new Map<string, CourseItem>();
  const stored = new Map<string, PrimaryKey>();
  const taken = new Map<string, number>();
  const types = ['Course', 'CoursePlaces', 'Enrolment'] as const;
  for await (const page of scanPages<Read | EnrolmentItem>(open('enterprises'), types)) {
    for (const item of page) {
      if (item.type === 'Course') courses.set(item.id, item);
      else if (item.type === 'CoursePlaces') stored.set(textOfKey(item), { ...item, changes: 0 } as PrimaryKey);
      else taken.set(item.courseId, (taken.get(item.courseId) ?? 0) + item.staff);
    }
  }
  const announced = [...courses.values()].filter(({ state }) => state === 'ANNOUNCED');
  const expected = announced.map((course) => coursePlacesItem(course, course.capacity - (taken.get(course.id) ?? 0)));
  return compareSums(expected, stored);
}

const MAX_ATTEMPTS = 5;

/** Counts the enrolments of a course. Each raises `changes`, so a count that missed one is not written. */
async function recount(table: Table, courseId: string): Promise<ReadModelDifference | null> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const keys = [enterpriseKeys.course(courseId), enterpriseKeys.coursePlaces(courseId)];
    const [found, places] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
    const course = (found ?? null) as CourseItem | null;
    const before = (places ?? null) as CoursePlacesItem | null;
    const { pk, sk } = enterpriseKeys.enrolment(courseId, '');
    const range = { partition: pk, sort: { beginsWith: sk }, consistent: true };
    const enrolments = (await readRange<EnrolmentItem>(table, range)).filter(({ type }) => type === 'Enrolment');
    const when = before ? changesAre(before.changes) : isNew;
    if (course?.state !== 'ANNOUNCED') {
      if (!before) return null;
      const { committed } = await transact<Stale>(table, [remove<Stale>(before, { when, otherwise: STALE })]);
      if (committed) return { pk: before.pk, sk: before.sk, fault: 'NEEDLESS' };
      continue;
    }
    const free = course.capacity - enrolments.reduce((sum, { staff }) => sum + staff, 0);
    const after = coursePlacesItem(course, free, (before?.changes ?? 0) + 1);
    const difference = differenceOf(before, after);
    if (!difference) return null;
    // A cancellation beside the rebuild removes the places, and they stay removed.
    const isAsRead = check<Stale>(course, { when: attributeIs('version', course.version), otherwise: STALE });
    if ((await transact<Stale>(table, [isAsRead, put<Stale>(after, { when, otherwise: STALE })])).committed)
      return difference;
  }
  return null;
}
