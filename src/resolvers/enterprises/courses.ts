import { registerRelation } from '../../domain/access/relation.ts';
import { dayInShanghai, isWithin } from '../../domain/calendar/day.ts';
import { type Course as CourseFacts, decideAnnouncement, decideCancellation } from '../../domain/courses/course.ts';
import { decideAttendance, decideEnrolment, type Enrolment as EnrolmentFacts } from '../../domain/courses/enrolment.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import type { CourseItem, CoursePlacesItem } from '../../storage/enterprises/courses/items.ts';
import { enterpriseKeys } from '../../storage/tables.ts';
import { localizedField, localizedText } from '../../subgraph/context.ts';
import { changeRecord } from './change-record.ts';
import type { CourseResolvers, EnrolmentResolvers, MutationResolvers } from './generated/types.ts';
import { present } from './present.ts';

export const announceCourse: NonNullable<MutationResolvers['announceCourse']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { park: parkId, title, channel, startsAt, capacity } = input;
  const stated = {
    id: newId('course', request.now),
    parkId,
    title: localizedText(title),
    channel: localizedText(channel),
    startsAt,
    capacity,
  };
  const { record, userErrors } = await changeRecord('announceCourse', input, context, {
    records: store.courses.records,
    key: enterpriseKeys.course(stated.id),
    ownersOf: () => ({ parkId }),
    decide: ({ park }) => decideAnnouncement(stated, park?.zoneId ?? null, viewer, request.now),
  });
  return { course: record, userErrors };
};

export const cancelCourse: NonNullable<MutationResolvers['cancelCourse']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { record, userErrors } = await changeRecord('cancelCourse', input, context, {
    records: store.courses.records,
    key: enterpriseKeys.course(input.course),
    ownersOf: () => ({}),
    decide: ({ before }) => decideCancellation(before, input.version, viewer, request.now),
  });
  return { course: record, userErrors };
};

export const enrolInCourse: NonNullable<MutationResolvers['enrolInCourse']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { course: courseId, enterprise: enterpriseId, staff, version } = input;
  const stated = { enterpriseId, staff, seen: version ?? null };
  const today = dayInShanghai(request.now);
  const { record, userErrors } = await changeRecord('enrolInCourse', input, context, {
    records: store.courses.enrolments,
    key: enterpriseKeys.enrolment(courseId, enterpriseId),
    ownersOf: () => ({
      enterpriseId,
      references: [enterpriseKeys.course(courseId), enterpriseKeys.coursePlaces(courseId)],
    }),
    decide: ({ before, enterprise, references }, relation) => {
      const [course, places] = references as [CourseItem | null, CoursePlacesItem | null];
      const stays = enterprise?.residencies.filter((stay) => isWithin(today, stay)) ?? [];
      const isResident = stays.some(({ parkId }) => parkId === course?.parkId);
      const situation = { course, before, free: places?.free ?? 0 };
      return decideEnrolment(stated, situation, { relation, isResident }, viewer, request.now);
    },
  });
  return { enrolment: record, userErrors };
};

export const recordAttendance: NonNullable<MutationResolvers['recordAttendance']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { course: courseId, enterprise, attended, version } = input;
  const { record, userErrors } = await changeRecord('recordAttendance', input, context, {
    records: store.courses.enrolments,
    key: enterpriseKeys.enrolment(courseId, enterprise),
    ownersOf: () => ({ references: [enterpriseKeys.course(courseId)] }),
    decide: ({ before, references: [course = null] }) =>
      decideAttendance(
        { attended, seen: version },
        { course: course as CourseItem | null, before },
        viewer,
        request.now,
      ),
  });
  return { enrolment: record, userErrors };
};

/** Returns the viewer's relation to what a course has of its enterprises. */
export function relationToCourse({ zoneId }: CourseFacts, viewer: Viewer) {
  return registerRelation(viewer, { enterpriseId: '', zoneIds: [zoneId] });
}

/** Returns the viewer's relation to an enrolment. */
export const relationToEnrolment = (enrolment: EnrolmentFacts, viewer: Viewer) => registerRelation(viewer, enrolment);

export const Course: CourseResolvers = {
  title: localizedField(({ title }) => title),
  channel: localizedField(({ channel }) => channel),
  park: ({ parkId }) => ({ id: parkId }),
  free: async ({ id }, _, { store }) => (await store.courses.placesOf.load(id))?.free ?? 0,
  enrolments: ({ id }, page, { store }) => store.courses.enrolmentsIn(id, page),
};

export const Enrolment: EnrolmentResolvers = {
  course: async ({ courseId }, _, { store }) => present(await store.courses.byId.load(courseId), courseId),
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
};
