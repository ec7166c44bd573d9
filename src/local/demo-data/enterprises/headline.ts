/**
 * The 236 enterprises of the park as the story reports them on 2020-03-16: 6,750 staff; 156 enterprises resumed on
 * site; 50 work online-offline; 5,669 staff returned. About the 50, the story says two things that conflict: most have
 * two or three people, and together they have over 400 staff. Both hold if 34 have two or three (85 people) and 16
 * internet enterprises have about twenty (325): 410 in all. They count within the 5,669, so 5,259 returned on site.
 */
import type { OperationMode } from '../../../domain/published-figures/resumption.ts';
import { HEADLINE_ENTERPRISES } from '../parks/parks.ts';
import { apportion, type Random, randomOf } from '../random.ts';

/** First day of the series: work resumed from this day on. */
export const SERIES_FIRST_DAY = '2020-02-10';
/** The last day of the series, and the days to it from the first one. */
export const SERIES_LAST_DAY = '2020-03-16';
export const SERIES_LAST_INDEX = 35;

const ON_SITE = { enterprises: 156, staff: 5720, returned: 5259 };
const MICRO_ONLINE = { enterprises: 34, staff: 85 };
const INTERNET_ONLINE = { enterprises: 16, staff: 325 };
const NOT_RESUMED = { enterprises: 30, staff: 620 };

/** The course of one of the 236 until 2020-03-16. */
export interface Course {
  readonly mode: OperationMode;
  readonly staff: number;
  /** Staff returned by 2020-03-16. */
  readonly returned: number;
  /** Days from 2020-02-10 to its resumption; null if it hadn't resumed by 2020-03-16. */
  readonly resumedAt: number | null;
  readonly incubated: boolean;
}

/** Makes weights that differ about twentyfold, with few large ones. */
function weights(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => Math.exp(3 * random.next()));
}

/** Distributes absent staff one by one, leaving at least seven tenths of each enterprise's. */
function absent(random: Random, staffs: readonly number[], count: number): number[] {
  const returned = [...staffs];
  for (let left = count; left > 0; ) {
    const i = random.integer(0, staffs.length - 1);
    if (returned[i]! - 1 < 0.7 * staffs[i]!) continue;
    returned[i]! -= 1;
    left -= 1;
  }
  return returned;
}

/** Distributes resumptions over the days: few at first and at last, most in the middle. */
function resumptionDays(random: Random, count: number): number[] {
  const days = Array.from({ length: count }, (_, i) => {
    const share = (i + 0.5) / count;
    const at = 0.42 + Math.log(share / (1 - share)) / 10;
    return Math.round(SERIES_LAST_INDEX * Math.min(1, Math.max(0, at)));
  });
  return random.shuffled(days);
}

function makeCourses(): readonly Course[] {
  const random = randomOf('headline');
  const onSite = apportion(ON_SITE.staff, weights(random, ON_SITE.enterprises), 4);
  const returned = absent(random, onSite, ON_SITE.staff - ON_SITE.returned);
  const micro = apportion(MICRO_ONLINE.staff, weights(random, MICRO_ONLINE.enterprises).fill(1), 2);
  const internet = apportion(INTERNET_ONLINE.staff, weights(random, INTERNET_ONLINE.enterprises), 12);
  const notResumed = apportion(NOT_RESUMED.staff, weights(random, NOT_RESUMED.enterprises), 3);
  const online = [...micro, ...internet];
  const days = resumptionDays(random, onSite.length + online.length);
  const courses: Course[] = [
    ...onSite.map((staff, i) => ({
      mode: 'ON_SITE' as const,
      staff,
      returned: returned[i]!,
      resumedAt: days[i]!,
      incubated: false,
    })),
    ...online.map((staff, i) => ({
      mode: 'ONLINE_OFFLINE' as const,
      staff,
      returned: staff,
      resumedAt: days[onSite.length + i]!,
      incubated: true,
    })),
    ...notResumed.map((staff) => ({
      mode: 'NOT_RESUMED' as const,
      staff,
      returned: 0,
      resumedAt: null,
      incubated: false,
    })),
  ];
  if (courses.length !== HEADLINE_ENTERPRISES) throw new Error(`${courses.length} are not the park's enterprises`);
  return courses;
}

/** By the enterprise's number in the park, from 0: first the 156, then the 50, then the 30. */
export const HEADLINE_COURSES: readonly Course[] = makeCourses();

/** Returns an enterprise's returned staff on a day of the series; null before it resumed. */
export function returnedAt(course: Course, index: number): number | null {
  if (course.resumedAt === null || index < course.resumedAt) return null;
  if (course.mode === 'ONLINE_OFFLINE' || index >= SERIES_LAST_INDEX) return course.returned;
  const share = 0.5 + (0.5 * (index - course.resumedAt)) / (SERIES_LAST_INDEX - course.resumedAt);
  return Math.max(1, Math.floor(course.returned * share));
}
