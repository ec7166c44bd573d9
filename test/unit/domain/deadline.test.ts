import { createRequire } from 'node:module';
import fc from 'fast-check';
import { addWorkingDays, CALENDAR_VERSION, calendarStatus, isWorkingDay } from '../../../src/domain/calendar.ts';
import { addDays, addMonths, dayInShanghai, isDay, shanghaiInstant } from '../../../src/domain/day.ts';
import {
  deadlineOf,
  elapsedDays,
  isBreached,
  type RunningClock,
  STATUTORY_LIMITS,
} from '../../../src/domain/deadline.ts';

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
  expect(CALENDAR_VERSION).toBe(`chinese-days@${version}`);
  expect(calendarStatus('2026-12-31')).toBe('PUBLISHED');
  expect(deadlineOf(running('2026-12-30'), today).provisional).toBe(true);
  expect(deadlineOf(running('2026-11-30'), today).provisional).toBe(false);
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

test('the due day is the one on which exactly the limit is used up', () => {
  const starts = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2018-01-01', days));
  const unit = fc.constantFrom('WORKING_DAY', 'CALENDAR_DAY');
  const pauses = fc.array(fc.tuple(fc.nat(40), fc.nat(15)), { maxLength: 3 });
  fc.assert(
    fc.property(starts, unit, fc.integer({ min: 1, max: 40 }), pauses, (startedOn, unit, count, gaps) => {
      const clock = running(startedOn, {
        limit: { count, unit },
        pauses: gaps.map(([after, length]) => {
          const from = addDays(startedOn, after);
          return { from, to: addDays(from, length), reason: 'HEARING' } as const;
        }),
      });
      const due = deadlineOf(clock, today).dueOn ?? '';
      expect(isWorkingDay(due)).toBe(true);
      const used = elapsedDays(clock, due);
      if (unit === 'WORKING_DAY') {
        expect(used).toBe(count);
        expect(elapsedDays(clock, addDays(due, -1))).toBe(count - 1);
      } else {
        expect(used).toBeGreaterThanOrEqual(count);
      }
    }),
    { numRuns: 50 },
  );
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
