import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import type { Course } from '../../../domain/courses/course.ts';
import { makeId, ulidOfName } from '../../../domain/ids.ts';
import { courseItem, coursePlacesItem, enrolmentItem } from '../../../storage/enterprises/courses/items.ts';
import { enrolmentEntries } from '../../../storage/enterprises/zone-entries.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import type { DemoPark } from '../parks/parks.ts';
import { identityOf } from './enterprises.ts';

/** Days from the anchor to the beginning of each course, and its state. */
const COURSES = [
  [-7, 'ANNOUNCED'],
  [7, 'ANNOUNCED'],
  [14, 'CANCELLED'],
] as const;
const CAPACITY = 200;
const ENTERPRISES = 10;

/**
 * Yields courses of a park with enrolments: one that has begun, one to come, and a cancelled one.
 * @param anchor the day, `YYYY-MM-DD`, that counts as today
 */
export function* coursesOf(park: DemoPark, anchor: string): Generator<PrimaryKey> {
  for (const [days, state] of COURSES) {
    const startsAt = shanghaiInstant(addDays(anchor, days), '14:00:00');
    const course: Course = {
      id: makeId('course', ulidOfName(`${park.id} ${days}`, startsAt.getTime())),
      parkId: park.id,
      zoneId: park.facts.zoneId,
      title: { zh: '复工复产线上课程（示例）', ja: '操業再開オンライン講座（サンプル）', en: 'Resuming work (sample)' },
      channel: { zh: '线上会议（示例）', ja: 'オンライン会議（サンプル）', en: 'Online meeting (sample)' },
      startsAt: startsAt.toISOString(),
      capacity: CAPACITY,
      state,
      version: state === 'CANCELLED' ? 2 : 1,
    };
    yield courseItem(course);
    const enterprises = Array.from({ length: Math.min(ENTERPRISES, park.enterprises) }, (_, i) => i);
    for (const i of enterprises) {
      const enrolment = {
        courseId: course.id,
        enterpriseId: identityOf(park, i).id,
        parkId: park.id,
        staff: i + 1,
        attended: days < 0 ? i : null,
        zoneIds: [course.zoneId],
        version: days < 0 ? 2 : 1,
      };
      yield enrolmentItem(enrolment);
      yield* enrolmentEntries(enrolment);
    }
    const taken = enterprises.reduce((sum, i) => sum + i + 1, 0);
    if (state === 'ANNOUNCED') yield coursePlacesItem(course, CAPACITY - taken);
  }
}
