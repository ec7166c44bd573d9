import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import {
  addWorkingDays,
  CALENDAR,
  type Calendar,
  countWorkingDays,
  workingDayFrom,
  workingDaysBefore,
} from '../../../../src/domain/calendar/calendar.ts';
import { addDays, addMonths, dayInShanghai, isDay, shanghaiInstant } from '../../../../src/domain/calendar/day.ts';
import {
  deadlineOf,
  elapsedDays,
  isBreached,
  type RunningClock,
  STATUTORY_LIMITS,
} from '../../../../src/domain/calendar/deadline.ts';
import { legalHolidays } from '../../../../src/domain/calendar/legal-holidays.ts';

const today = '2026-03-10';
const running = (startedOn: string, over: Partial<RunningClock> = {}): RunningClock => ({
  startedOn,
  limit: { count: 5, unit: 'WORKING_DAY' },
  extendedBy: 0,
  pauses: [],
  ...over,
});

test.each([
  ['2026-09-30', 5, '2026-10-13'],
  // The Spring Festival of 2020 was prolonged to 2 February while it lasted, and 1 February was no longer worked.
  ['2020-01-23', 1, '2020-02-03'],
  // A Saturday that makes up for the Spring Festival.
  ['2026-02-13', 1, '2026-02-14'],
  ['2026-03-02', 0, '2026-03-02'],
])('%p and %p working days is %p', (day, count, due) => {
  expect(addWorkingDays(day, count)).toBe(due);
});

test('the version of the calendar is the version of the package, and years not published are provisional', () => {
  const { version } = createRequire(import.meta.url)('chinese-days/package.json');
  expect(CALENDAR.version).toBe(`chinese-days@${version}+legal-holidays`);
  expect(CALENDAR.statusOf('2026-12-31')).toBe('PUBLISHED');
  expect(deadlineOf(running('2026-12-30'), today).provisional).toBe(true);
  expect(deadlineOf(running('2026-11-30'), today).provisional).toBe(false);
});

test('in a year without an arrangement, the days that the law itself names are free', () => {
  const named = NAMED_BY_LAW.filter((day) => day.startsWith('2027'));
  expect([...legalHolidays('2027')].toSorted()).toEqual(named);
  expect(named.filter((day) => CALENDAR.isWorkingDay(day))).toEqual([]);
  // Thursday to the Tuesday after the Spring Festival.
  expect(addWorkingDays('2027-02-04', 1)).toBe('2027-02-09');
  expect(deadlineOf(running('2026-12-30', { limit: { count: 2, unit: 'WORKING_DAY' } }), today).dueOn).toBe(
    '2027-01-04',
  );
});

test('the arrangement of a published year has each day that the law names', () => {
  for (const year of ['2025', '2026']) {
    expect([...legalHolidays(year)].filter((day) => CALENDAR.isWorkingDay(day))).toEqual([]);
  }
});

test('limits in calendar days and months end on a working day, at the latest day of a short month', () => {
  expect(deadlineOf(running('2026-08-03', { limit: { count: 60, unit: 'CALENDAR_DAY' } }), today).dueOn).toBe(
    '2026-10-08',
  );
  expect(deadlineOf(running('2026-01-31', { limit: { count: 1, unit: 'MONTH' } }), today).dueOn).toBe('2026-02-28');
  expect(deadlineOf(running('2025-12-31', { limit: { count: 2, unit: 'MONTH' } }), today).dueOn).toBe('2026-02-28');
  expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
});

test('an extension adds its units, a pause its days, an open pause those until today', () => {
  const { DECISION } = STATUTORY_LIMITS;
  expect(deadlineOf(running('2026-03-02', { limit: DECISION }), today).dueOn).toBe('2026-03-30');
  expect(deadlineOf(running('2026-03-02', { limit: DECISION, extendedBy: DECISION.extension }), today).dueOn).toBe(
    '2026-04-14',
  );
  const pause = { from: '2026-03-09', to: '2026-03-13', reason: 'HEARING' } as const;
  expect(deadlineOf(running('2026-03-02', { limit: DECISION, pauses: [pause] }), today).dueOn).toBe('2026-04-07');
  expect(deadlineOf(running('2026-03-02', { pauses: [{ ...pause, to: null }] }), today).dueOn).toBe('2026-03-11');
  const months = { limit: { count: 1, unit: 'MONTH' }, pauses: [pause] } as const;
  expect(deadlineOf(running('2026-03-02', months), today).dueOn).toBe('2026-04-07');
});

test('a limit is missed when the day after it begins', () => {
  const deadline = deadlineOf(running('2026-09-30'), today);
  expect(isBreached(deadline, null, '2026-10-13')).toBe(false);
  expect(isBreached(deadline, null, '2026-10-14')).toBe(true);
  expect(isBreached(deadline, '2026-10-13', '2026-12-31')).toBe(false);
});

/** The official days, as the package publishes them beside its code. */
const published: { holidays: Record<string, string>; workdays: Record<string, string> } = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json'), 'utf8'),
);

/** The days of the years without an arrangement that the law names. */
const NAMED_BY_LAW: readonly string[] = [
  ...['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-04-05', '2027-05-01'],
  ...['2027-05-02', '2027-06-09', '2027-09-15', '2027-10-01', '2027-10-02', '2027-10-03'],
  ...['2028-01-01', '2028-01-25', '2028-01-26', '2028-01-27', '2028-01-28', '2028-04-04', '2028-05-01'],
  ...['2028-05-02', '2028-05-28', '2028-10-01', '2028-10-02', '2028-10-03'],
];

/** Counts on the fingers, from one day to the next. */
function naive(clock: RunningClock, today: string, swapped: ReadonlySet<string>) {
  const isFree = (day: string) => {
    const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    const isOff =
      day in published.holidays || NAMED_BY_LAW.includes(day) || (isWeekend && !(day in published.workdays));
    return isOff !== swapped.has(day);
  };
  const counts = (day: string) =>
    !clock.pauses.some(({ from, to }) => day >= from && day <= (to ?? (today > from ? today : from))) &&
    !(clock.limit.unit === 'WORKING_DAY' && isFree(day));
  let left = clock.limit.count + clock.extendedBy;
  if (clock.limit.unit === 'MONTH') {
    // The days until the same day of the month, or the last day of a month that has no such day.
    const [year = 0, month = 0, date = 0] = clock.startedOn.split('-').map(Number);
    const target = Array.from({ length: date }, (_, i) => new Date(Date.UTC(year, month - 1 + left, date - i)))
      .find((end) => end.getUTCMonth() === (month - 1 + left) % 12)!
      .toISOString()
      .slice(0, 10);
    for (left = 0; addDays(clock.startedOn, left) < target; ) left += 1;
  }
  let due = clock.startedOn;
  while (left > 0) {
    due = addDays(due, 1);
    if (counts(due)) left -= 1;
  }
  while (clock.limit.unit !== 'WORKING_DAY' && isFree(due)) due = addDays(due, 1);
  let elapsed = 0;
  for (let day = addDays(clock.startedOn, 1); day <= today; day = addDays(day, 1)) elapsed += counts(day) ? 1 : 0;
  return { due, elapsed };
}

test('deadlines and what is used up of them are what a count from day to day gives, by any calendar', () => {
  const clocks = fc.record({
    start: fc.nat(3300),
    unit: fc.constantFrom('WORKING_DAY' as const, 'CALENDAR_DAY' as const, 'MONTH' as const),
    count: fc.integer({ min: 1, max: 60 }),
    extendedBy: fc.constantFrom(0, 0, 1, 10),
    pauses: fc.array(fc.tuple(fc.nat(60), fc.option(fc.nat(20))), { maxLength: 3 }),
    after: fc.nat(150),
    swaps: fc.array(fc.nat(150), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(clocks, ({ start, unit, count, extendedBy, pauses, after, swaps }) => {
      const startedOn = addDays('2018-01-01', start);
      const on = addDays(startedOn, after);
      const swapped = new Set(swaps.map((days) => addDays(startedOn, days)));
      const clock = running(startedOn, {
        limit: { count: unit === 'MONTH' ? 1 + (count % 14) : count, unit },
        extendedBy: unit === 'MONTH' ? 0 : extendedBy,
        pauses: pauses.map(([days, length]) => {
          const from = addDays(startedOn, days);
          return { from, to: length === null ? null : addDays(from, length), reason: 'HEARING' } as const;
        }),
      });
      const calendar: Calendar = {
        ...CALENDAR,
        isWorkingDay: (day) => CALENDAR.isWorkingDay(day) !== swapped.has(day),
      };
      const { due, elapsed } = naive(clock, on, swapped);
      expect([deadlineOf(clock, on, calendar).dueOn, elapsedDays(clock, on, calendar)]).toEqual([due, elapsed]);
    }),
    { numRuns: 1_000, seed: 20260930 },
  );
});

test('working days by prefix sums are those of a walk from day to day, by any calendar', () => {
  const cases = fc.record({
    start: fc.nat(12_000),
    count: fc.nat(400),
    other: fc.integer({ min: -50, max: 500 }),
    swaps: fc.array(fc.nat(500), { maxLength: 12 }),
  });
  fc.assert(
    fc.property(cases, ({ start, count, other, swaps }) => {
      const day = addDays('2012-01-01', start);
      const swapped = new Set(swaps.map((days) => addDays(day, days - 20)));
      const calendar: Calendar = { ...CALENDAR, isWorkingDay: (at) => CALENDAR.isWorkingDay(at) !== swapped.has(at) };
      const walk = (step: 1 | -1) => {
        let at = day;
        for (let left = count; left > 0; left -= calendar.isWorkingDay(at) ? 1 : 0) at = addDays(at, step);
        return at;
      };
      let next = day;
      while (!calendar.isWorkingDay(next)) next = addDays(next, 1);
      const to = addDays(day, other);
      const between = Array.from({ length: Math.max(0, other) }, (_, i) => addDays(day, i + 1));
      expect([
        addWorkingDays(day, count, calendar),
        workingDaysBefore(day, count, calendar),
        workingDayFrom(day, calendar),
        countWorkingDays(day, to, calendar),
      ]).toEqual([walk(1), walk(-1), next, between.filter((at) => calendar.isWorkingDay(at)).length]);
    }),
    { numRuns: 100, seed: 20261013 },
  );
});

test.each([
  ['2026-10-13', 5, '2026-09-30'],
  ['2026-02-14', 1, '2026-02-13'],
  ['2026-03-16', 3, '2026-03-11'],
])('%p is %p working days after %p, read backwards', (day, count, before) => {
  expect(workingDaysBefore(day, count)).toBe(before);
});

test('a day in Shanghai begins at 16:00 of the day before in UTC', () => {
  expect(dayInShanghai(new Date('2020-03-15T15:59:59.999Z'))).toBe('2020-03-15');
  expect(dayInShanghai(new Date('2020-03-15T16:00:00Z'))).toBe('2020-03-16');
  expect(shanghaiInstant('2020-03-16', '09:30:00').toISOString()).toBe('2020-03-16T01:30:00.000Z');
  expect([isDay('2020-02-29'), isDay('2021-02-29'), isDay('2020-2-9'), isDay('2020-13-01')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
