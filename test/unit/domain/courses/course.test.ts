import {
  decideAnnouncement,
  decideCancellation,
  isOpen,
  type StatedCourse,
} from '../../../../src/domain/courses/course.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { allowed, faultsOf, inEnglish, textOf } from '../../../fixtures/decision.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const STARTS = new Date('2026-03-02T01:00:00.001Z');
const ADMIN: Viewer = { kind: 'admin', person: 'admin' };
const STATED: StatedCourse = {
  id: 'course_1',
  parkId: 'park_1',
  title: textOf('Title'),
  channel: textOf('Channel'),
  startsAt: STARTS.toISOString(),
  capacity: 1,
};

test.each<[string, Partial<StatedCourse>, string[]]>([
  ['one place', {}, []],
  ['the most places', { capacity: 100_000 }, []],
  ['too many places', { capacity: 100_001 }, ['INVALID_VALUE capacity']],
  ['no place', { capacity: 0 }, ['INVALID_VALUE capacity']],
  ['a start that has come', { startsAt: NOW.toISOString() }, ['INVALID_VALUE startsAt']],
  ['a blank title', { title: inEnglish(' ') }, ['INVALID_TEXT title.en']],
  ['a blank channel', { channel: inEnglish(' ') }, ['INVALID_TEXT channel.en']],
])('a course with %s is refused with what is wrong', (_with, change, expected) => {
  expect(faultsOf(decideAnnouncement({ ...STATED, ...change }, 'zone_teda', ADMIN, NOW))).toEqual(expected);
});

test('a course is cancelled once, in the version that was seen, until it begins', () => {
  const course = allowed(decideAnnouncement(STATED, 'zone_teda', ADMIN, NOW));
  const cancelled = allowed(decideCancellation(course, 1, ADMIN, NOW));
  expect(cancelled).toMatchObject({ state: 'CANCELLED', version: 2 });
  expect(faultsOf(decideCancellation(course, 2, ADMIN, NOW))).toEqual(['OTHER_VERSION version']);
  expect(faultsOf(decideCancellation(course, 2, { kind: 'anonymous' }, NOW))).toEqual(['NOT_YOURS ']);
  expect(faultsOf(decideCancellation(cancelled, 2, ADMIN, NOW))).toEqual(['WRONG_STATE ']);
  expect(faultsOf(decideCancellation(course, 1, ADMIN, STARTS))).toEqual(['WRONG_STATE ']);
  expect(faultsOf(decideCancellation(null, 1, ADMIN, NOW))).toEqual(['UNKNOWN_RECORD course']);
  expect([isOpen(course, NOW), isOpen(course, STARTS), isOpen(cancelled, NOW)]).toEqual([true, false, false]);
});
