/**
 * Working days, counted one by one from the notices of the State Council's General Office, written out: nothing of
 * `src/domain` is used, so that its count has something to be held against.
 *
 * - 2025: 国办发明电〔2024〕12号
 * - 2026: 国办发明电〔2025〕7号
 *
 * Of 2027 to 2029 the days that the law itself names are free; of other years only weekends are known to be.
 */

/** First and last day of each holiday. */
const HOLIDAYS: readonly (readonly [first: string, last: string])[] = [
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
  ['2025-04-04', '2025-04-06'],
  ['2025-05-01', '2025-05-05'],
  ['2025-05-31', '2025-06-02'],
  ['2025-10-01', '2025-10-08'],
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
  ['2027-01-01', '2027-01-01'],
  ['2027-02-05', '2027-02-08'],
  ['2027-04-05', '2027-04-05'],
  ['2027-05-01', '2027-05-02'],
  ['2027-06-09', '2027-06-09'],
  ['2027-09-15', '2027-09-15'],
  ['2027-10-01', '2027-10-03'],
  ['2028-01-01', '2028-01-01'],
  ['2028-01-25', '2028-01-28'],
  ['2028-04-04', '2028-04-04'],
  ['2028-05-01', '2028-05-02'],
  ['2028-05-28', '2028-05-28'],
  ['2028-10-01', '2028-10-03'],
];

/** Holidays of the year that cases only reach late: nothing begins around them. */
const LATE_HOLIDAYS: typeof HOLIDAYS = [
  ['2029-01-01', '2029-01-01'],
  ['2029-02-12', '2029-02-15'],
  ['2029-04-04', '2029-04-04'],
  ['2029-05-01', '2029-05-02'],
  ['2029-10-01', '2029-10-03'],
];

/** Saturdays and Sundays that are worked. */
const MADE_UP: readonly string[] = [
  '2025-01-26',
  '2025-02-08',
  '2025-04-27',
  '2025-09-28',
  '2025-10-11',
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
];

/** Days on which something changes: the eves and ends of holidays, and the days that are made up for. */
export const REMARKABLE_DAYS: readonly string[] = [
  ...HOLIDAYS.flatMap(([first, last]) => [dayAfter(first, -1), first, last, dayAfter(last, 1)]),
  ...MADE_UP,
].sort();

export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const worked = new Map<string, boolean>();

export function isWorked(day: string): boolean {
  let known = worked.get(day);
  if (known === undefined) {
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    const isHoliday = [...HOLIDAYS, ...LATE_HOLIDAYS].some(([first, last]) => first <= day && day <= last);
    known = MADE_UP.includes(day) || (!isHoliday && weekday !== 0 && weekday !== 6);
    worked.set(day, known);
  }
  return known;
}

const followers = new Map<string, string>();

function nextDay(day: string): string {
  const known = followers.get(day) ?? dayAfter(day, 1);
  followers.set(day, known);
  return known;
}

/** The day that it is in Shanghai, as a clock on a wall there shows it. */
export function shanghaiDay(instant: Date): string {
  return WALL.format(instant);
}
const WALL = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

export interface Counted {
  /** The day of what starts it: it isn't counted itself. */
  readonly from: string;
  readonly count: number;
  readonly unit: 'WORKING_DAY' | 'CALENDAR_DAY' | 'MONTH';
  /** Whether the clock stands on a day. */
  readonly stands: (day: string) => boolean;
}

/** The last day in time, found by walking there. */
export function lastDayOf({ from, count, unit, stands }: Counted): string {
  let day = from;
  let left = unit === 'MONTH' ? daysOfMonths(from, count) : count;
  while (left > 0) {
    day = nextDay(day);
    if (stands(day)) continue;
    if (unit === 'WORKING_DAY' && !isWorked(day)) continue;
    left -= 1;
  }
  // Only a limit that counts free days can end on one (Civil Code, art. 203).
  while (unit !== 'WORKING_DAY' && !isWorked(day)) day = nextDay(day);
  return day;
}

/** Days of a limit that have passed at the end of a day. */
export function daysPassed({ from, unit, stands }: Omit<Counted, 'count'>, on: string): number {
  let passed = 0;
  for (let day = nextDay(from); day <= on; day = nextDay(day)) {
    if (!stands(day) && (unit !== 'WORKING_DAY' || isWorked(day))) passed += 1;
  }
  return passed;
}

/** So many days lie between a day and the corresponding one in later months, or their last (Civil Code, art. 202). */
function daysOfMonths(from: string, months: number): number {
  const [year = 0, month = 0, date = 0] = from.split('-').map(Number);
  const there = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  const lastDate = there.getUTCDate();
  there.setUTCDate(Math.min(date, lastDate));
  return Math.round((there.getTime() - Date.UTC(year, month - 1, date)) / 86_400_000);
}
