import fc from 'fast-check';
import { CALENDAR } from '../../../../src/domain/calendar/calendar.ts';
import { addDays } from '../../../../src/domain/calendar/day.ts';
import { CASE_STATES } from '../../../../src/domain/cases/state.ts';
import { countWork, type WorkOfDay } from '../../../../src/domain/work-list/count.ts';
import { isDueSoon, isOverdue } from '../../../../src/domain/work-list/work-item.ts';

test.each([
  // Three working days after the Wednesday before the holiday of 2026-10-01 to 07: 8, 9, and Saturday 10, which is worked.
  ['2026-09-30', '2026-10-10', true],
  ['2026-09-30', '2026-10-11', false],
  ['2026-09-30', '2026-09-30', true],
  ['2026-09-30', '2026-09-29', false],
  ['2026-09-30', null, false],
])('on %s what is due on %s is due soon: %p', (today, dueOn, expected) => {
  expect(isDueSoon({ state: 'UNDER_REVIEW', dueOn }, today, CALENDAR)).toBe(expected);
  expect(isDueSoon({ state: 'SPECIAL_PROCEDURE', dueOn }, today, CALENDAR)).toBe(false);
});

test('counts are those of the entries one by one, and none is overdue and due soon', () => {
  const today = '2026-09-29';
  const entry = fc.record({
    state: fc.constantFrom(...CASE_STATES),
    dueOn: fc.option(fc.integer({ min: -3, max: 15 }).map((days) => addDays(today, days))),
  });
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const days = [...Map.groupBy(entries, ({ dueOn }) => dueOn)].map(([dueOn, due]): WorkOfDay => {
        const states = [...Map.groupBy(due, ({ state }) => state)].map(([state, of]) => [state, of.length] as const);
        return { dueOn, inState: Object.fromEntries(states) };
      });
      const counts = countWork(days, today, CALENDAR);
      expect(counts.total).toBe(entries.length);
      expect(counts.overdue).toBe(entries.filter((one) => isOverdue(one, today)).length);
      expect(counts.dueSoon).toBe(entries.filter((one) => isDueSoon(one, today, CALENDAR)).length);
      expect(entries.some((one) => isOverdue(one, today) && isDueSoon(one, today, CALENDAR))).toBe(false);
      const ofState = new Map(counts.byState.map(({ state, count }) => [state, count]));
      for (const state of CASE_STATES) {
        expect(ofState.get(state) ?? 0).toBe(entries.filter((one) => one.state === state).length);
      }
    }),
  );
});
