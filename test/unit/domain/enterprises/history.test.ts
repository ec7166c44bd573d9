import { addDays } from '../../../../src/domain/calendar/day.ts';
import { classesOn, replacedClasses } from '../../../../src/domain/enterprises/classification.ts';
import { type HasHistory, type Settled, settle, withSettled } from '../../../../src/domain/enterprises/history.ts';
import { classifiedSteps, countingResidency } from '../../../../src/domain/enterprises/residency.ts';
import { resideFrom } from '../../../../src/domain/enterprises/residency-change.ts';

/** An enterprise that changes its staff and its classes on every day of fifty years. */

const FIRST = '2020-01-01';
const PARK = 'park_one';

function changed(before: HasHistory, day: number): HasHistory {
  const today = addDays(FIRST, day);
  const stays = resideFrom(before.residencies, { parkId: PARK, from: today, registeredStaff: 10 + (day % 7) }, null);
  if (!stays.ok) throw new Error('the stay is refused');
  const classes = { sector: day % 3 === 0 ? 'OTHER' : 'DIGITAL_ECONOMY', sizeClass: 'SMALL' } as const;
  const formerClasses = replacedClasses(before, classes, today);
  return { ...before, ...classes, residencies: stays.value, ...(formerClasses.length > 0 && { formerClasses }) };
}

const START: HasHistory = {
  sector: 'DIGITAL_ECONOMY',
  sizeClass: 'SMALL',
  residencies: [{ parkId: PARK, kind: 'OPERATING', from: FIRST, to: null, registeredStaff: 1 }],
};

/** Changes an enterprise on each of some days. Returns its record, and all that has settled. */
function live(
  days: number,
  onChange: (before: HasHistory, after: HasHistory, recent: HasHistory, day: number) => void,
) {
  let record = START;
  const stays: Settled['stays'][number][] = [];
  const classes: Settled['classes'][number][] = [];
  for (let day = 1; day <= days; day++) {
    const after = changed(record, day);
    const { recent, settled } = settle(after, addDays(FIRST, day));
    stays.push(...settled.stays);
    classes.push(...settled.classes);
    onChange(record, after, recent, day);
    record = recent;
  }
  return { record, settled: { stays, classes } };
}

test('the record of an enterprise stays as small over fifty years of daily change', () => {
  const largest: number[] = [];
  const { record, settled } = live(50 * 365, (_, __, recent, day) => {
    if (day % 5 !== 0) return;
    const year = Math.floor(day / 365);
    largest[year] = Math.max(largest[year] ?? 0, JSON.stringify(recent).length);
  });
  expect(largest[0]).toBeLessThan(5_000);
  expect(Math.max(...largest)).toBe(largest[0]);
  expect(record.residencies.length + settled.stays.length).toBe(50 * 365 + 1);
});

test('the steps of all changes are those of the whole history', () => {
  const sums = new Map<string, number>();
  const count = (sign: number, of: HasHistory) => {
    for (const { on, sector, registeredStaff } of classifiedSteps(of)) {
      const place = `${on} ${sector}`;
      sums.set(place, (sums.get(place) ?? 0) + sign * registeredStaff);
    }
  };
  count(1, START);
  const { record, settled } = live(400, (before, after) => {
    count(-1, before);
    count(1, after);
  });
  count(-1, withSettled(record, settled));
  expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
});

test('a settled day is answered by the settled stays and classes', () => {
  let record = START;
  for (let day = 1; day <= 21; day++) record = changed(record, day);
  const { recent, settled } = settle(record, addDays(FIRST, 21));
  expect(recent).toMatchObject({ settledTo: '2020-01-11' });
  expect([recent.residencies.length, settled.stays.length]).toEqual([11, 11]);
  const whole = withSettled(recent, settled);
  for (let day = 0; day <= 21; day++) {
    const on = addDays(FIRST, day);
    expect(countingResidency(whole.residencies, on)).toEqual(countingResidency(record.residencies, on));
    expect(classesOn(whole, on)).toEqual(classesOn(record, on));
  }
});

test('stays that end today or later are not settled', () => {
  const ended = Array.from({ length: 30 }, (_, i) => ({
    parkId: `park_${i}`,
    kind: 'OPERATING' as const,
    from: FIRST,
    to: addDays('2020-02-01', i),
    registeredStaff: 1,
  }));
  const record: HasHistory = { sector: 'OTHER', sizeClass: 'SMALL', residencies: ended };
  expect(settle(record, '2020-02-03').recent.residencies).toHaveLength(30);
  expect(settle(record, '2020-03-03').recent).toMatchObject({ settledTo: '2020-02-20' });
});
