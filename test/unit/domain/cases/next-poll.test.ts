import fc from 'fast-check';
import { CALENDAR, isWorkingDay } from '../../../../src/domain/calendar/calendar.ts';
import { dayInShanghai } from '../../../../src/domain/calendar/day.ts';
import { nextPollAfter } from '../../../../src/domain/cases/progress.ts';
import { CASE_STATES, type CaseState } from '../../../../src/domain/cases/state.ts';

/** Of an instant given in Asia/Shanghai, as one there. */
function pollIn(state: CaseState, at: string, promisedBy: string | null = null): string | null {
  const next = nextPollAfter({ state, promisedBy }, new Date(`${at}+08:00`), CALENDAR);
  return next && new Date(next.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}

// 2026-09-30 is a Wednesday before eight days off; 2026-10-08 is worked.
test.each<[CaseState, string, string | null, string | null]>([
  ['UNDER_REVIEW', '2026-09-29T07:00', null, '2026-09-29T08:30'],
  ['UNDER_REVIEW', '2026-09-29T12:00', null, '2026-09-29T08:30'],
  ['UNDER_REVIEW', '2026-09-29T18:00', null, '2026-09-30T08:30'],
  ['UNDER_REVIEW', '2026-09-30T18:00', null, '2026-10-08T08:30'],
  ['PUBLIC_NOTICE', '2026-09-29T07:00', null, '2026-09-29T08:30'],
  ['PUBLIC_NOTICE', '2026-09-29T08:30', null, '2026-09-30T08:30'],
  ['SUPPLEMENT_REQUIRED', '2026-09-30T12:00', null, '2026-10-08T08:30'],
  ['PUBLIC_NOTICE', '2026-09-29T12:00', '2026-09-29', '2026-09-29T08:30'],
  ['PUBLIC_NOTICE', '2026-09-29T12:00', '2026-09-30', '2026-09-30T08:30'],
  ['CLOSED', '2026-09-29T12:00', null, null],
  ['WITHDRAWN', '2026-09-29T12:00', '2026-09-01', null],
])('%s at %s, promised by %s, is worth asking again from %s on', (state, at, promisedBy, expected) => {
  expect(pollIn(state, at, promisedBy)).toBe(expected);
});

test('it is a working day’s opening, lies at most a day back, and what is asked then is told of a later one or may be asked', () => {
  const minute = fc.integer({ min: 0, max: 365 * 24 * 60 });
  fc.assert(
    fc.property(fc.constantFrom(...CASE_STATES), minute, (state, minutes) => {
      const now = new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);
      const next = nextPollAfter({ state, promisedBy: null }, now, CALENDAR);
      if (next === null) return;
      expect(isWorkingDay(dayInShanghai(next))).toBe(true);
      expect(now.getTime() - next.getTime()).toBeLessThan(24 * 3_600_000);
      // Who asks at that instant isn't sent away to a time before it.
      expect(nextPollAfter({ state, promisedBy: null }, next, CALENDAR)?.getTime()).toBeGreaterThanOrEqual(
        next.getTime(),
      );
    }),
  );
});

test('through a working day it stays the same, so that an unchanged answer is found unchanged', () => {
  for (const state of CASE_STATES) {
    const said = new Set(
      ['08:30', '09:00', '11:59', '13:07', '17:59'].map((time) => pollIn(state, `2026-09-29T${time}`)),
    );
    expect([state, said.size]).toEqual([state, 1]);
  }
});
