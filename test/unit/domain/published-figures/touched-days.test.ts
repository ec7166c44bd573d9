import fc from 'fast-check';
import { addDays, isWithin } from '../../../../src/domain/calendar/day.ts';
import {
  changeOfSteps,
  levelOn,
  type Residency,
  residencySteps,
} from '../../../../src/domain/enterprises/residency.ts';
import { touchedBySteps } from '../../../../src/domain/published-figures/touched-days.ts';

const DAYS = Array.from({ length: 12 }, (_, i) => addDays('2020-03-01', i));

const stay: fc.Arbitrary<Residency> = fc
  .record({
    parkId: fc.constantFrom('park_a', 'park_b'),
    kind: fc.constantFrom('OPERATING', 'INCUBATED', 'REGISTERED'),
    first: fc.nat({ max: 9 }),
    days: fc.option(fc.nat({ max: 5 })),
    registeredStaff: fc.constantFrom(10, 12),
  })
  .map(({ first, days, ...rest }) => {
    const from = DAYS[first] ?? '';
    return { ...rest, from, to: days === null ? null : addDays(from, days) };
  });

test('the touched days are those on which the level of a park is another one', () => {
  fc.assert(
    fc.property(fc.array(stay, { maxLength: 4 }), fc.array(stay, { maxLength: 4 }), (before, after) => {
      const [old, changed] = [residencySteps(before), residencySteps(after)];
      const touched = touchedBySteps(changeOfSteps(old, changed));
      for (const parkId of ['park_a', 'park_b']) {
        const ofPark = (steps: typeof old) => steps.filter((step) => step.parkId === parkId);
        for (const day of DAYS) {
          const levels = [levelOn(ofPark(old), day), levelOn(ofPark(changed), day)];
          const isChanged = JSON.stringify(levels[0]) !== JSON.stringify(levels[1]);
          expect(touched.some((one) => one.parkId === parkId && isWithin(day, one))).toBe(isChanged);
        }
      }
    }),
  );
});

test('an import with an early first day touches every day from it on, and a leave the days after it', () => {
  const always: Residency = { parkId: 'park_a', kind: 'OPERATING', from: '2019-01-01', to: null, registeredStaff: 10 };
  const until = { ...always, to: '2020-03-10' };
  expect(touchedBySteps(residencySteps([always]))).toEqual([{ parkId: 'park_a', from: '2019-01-01', to: null }]);
  expect(touchedBySteps(changeOfSteps(residencySteps([always]), residencySteps([until])))).toEqual([
    { parkId: 'park_a', from: '2020-03-11', to: null },
  ]);
});

test('a resident without staff touches the days of its stay', () => {
  const step = { parkId: 'park_a', residents: 1, registeredStaff: 0 };
  expect(touchedBySteps([{ ...step, on: '2020-03-10' }])).toEqual([{ parkId: 'park_a', from: '2020-03-10', to: null }]);
});
