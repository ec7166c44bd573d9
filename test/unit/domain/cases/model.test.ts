import fc from 'fast-check';
import { isWorkingDay } from '../../../../src/domain/calendar/calendar.ts';
import { dayInShanghai } from '../../../../src/domain/calendar/day.ts';
import { runOnDomain } from '../../../model/domain-run.ts';
import { neverTaken, newTally } from '../../../model/tally.ts';
import { dayAfter, isWorked, lastDayOf, shanghaiDay } from '../../../model/working-days.ts';

/** A short run of `npm run model`. */
test('whatever is tried on a case, by whom and when, it goes as in a second reading of the rules', () => {
  const tally = newTally();
  // On until every transition was taken, which it is after some thousands.
  for (let count = 6_000; count <= 60_000 && neverTaken(tally).length > 0; count += 2_000) {
    runOnDomain({ count, seed: 41 + count, tally });
  }
  expect(neverTaken(tally)).toEqual([]);
  expect(tally.accepted).toBeGreaterThan(2_000);
});

test('the calendar is that of the notices, written out', () => {
  const different: string[] = [];
  for (let day = '2025-01-01'; day <= '2026-12-31'; day = dayAfter(day, 1)) {
    if (isWorkingDay(day) !== isWorked(day)) different.push(day);
  }
  expect(different).toEqual([]);
  const stands = () => false;
  expect(lastDayOf({ from: '2026-09-30', count: 5, unit: 'WORKING_DAY', stands })).toBe('2026-10-13');
});

test('a day is that of a clock on a wall in Shanghai', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2029-12-31'), noInvalidDate: true }), (at) => {
      expect(dayInShanghai(at)).toBe(shanghaiDay(at));
    }),
  );
});
