import fc from 'fast-check';
import { addDays } from '../../../../src/domain/calendar/day.ts';
import { countingResidency, type Residency } from '../../../../src/domain/enterprises/residency.ts';
import { resideFrom } from '../../../../src/domain/enterprises/residency-change.ts';

const stay = (from: string, to: string | null, registeredStaff = 10, parkId = 'park_a'): Residency => ({
  parkId,
  kind: 'INCUBATED',
  from,
  to,
  registeredStaff,
});
const wish = (from: string, registeredStaff = 12) => ({ parkId: 'park_a', from, registeredStaff });
const codesOf = (decision: ReturnType<typeof resideFrom>) =>
  decision.ok ? 'taken' : decision.refusals.map(({ code }) => code).join();

test('who has no stay begins one, and operates there', () => {
  expect(resideFrom([], wish('2020-02-01'), null)).toEqual({
    ok: true,
    value: [{ parkId: 'park_a', kind: 'OPERATING', from: '2020-02-01', to: null, registeredStaff: 12 }],
  });
});

test('as many staff as before change nothing, from whatever day', () => {
  const stays = [stay('2020-01-01', null)];
  for (const from of ['2019-01-01', '2020-01-01', '2021-01-01']) {
    expect(resideFrom(stays, wish(from, 10), '2020-12-31')).toEqual({ ok: true, value: stays });
  }
});

test('another number ends the stay that lasts and begins one of its kind; on its first day it takes its place', () => {
  const elsewhere = stay('2019-06-01', null, 3, 'park_b');
  expect(resideFrom([stay('2020-01-01', null), elsewhere], wish('2020-03-01'), null)).toEqual({
    ok: true,
    value: [stay('2020-03-01', null, 12), stay('2020-01-01', '2020-02-29'), elsewhere],
  });
  expect(resideFrom([stay('2020-01-01', null)], wish('2020-01-01'), null)).toEqual({
    ok: true,
    value: [stay('2020-01-01', null, 12)],
  });
});

test('stays are not changed behind what is known, nor under days that are reported', () => {
  const lasting = [stay('2020-02-01', null), stay('2020-01-01', '2020-01-31')];
  expect(codesOf(resideFrom(lasting, wish('2020-01-15'), null))).toBe('BEFORE_ITS_STAY');
  expect(codesOf(resideFrom(lasting, wish('2020-03-01'), '2020-03-01'))).toBe('DAYS_REPORTED');
  expect(codesOf(resideFrom(lasting, wish('2020-03-02'), '2020-03-01'))).toBe('taken');
  const gone = [stay('2020-01-01', '2020-01-31')];
  expect(codesOf(resideFrom(gone, wish('2020-01-31'), null))).toBe('BEFORE_ITS_STAY');
  expect(codesOf(resideFrom(gone, wish('2020-02-01'), null))).toBe('taken');
});

test('whatever comes in whatever order, a day has at most one stay, and the days before a change keep theirs', () => {
  const day = fc.nat({ max: 60 }).map((days) => addDays('2020-01-01', days));
  const wishes = fc.array(fc.tuple(day, fc.constantFrom(5, 10, 15)), { maxLength: 8 });
  fc.assert(
    fc.property(wishes, (all) => {
      let stays: readonly Residency[] = [];
      for (const [from, staff] of all) {
        const before = stays;
        const decision = resideFrom(stays, wish(from, staff), null);
        if (!decision.ok) continue;
        stays = decision.value;
        for (let i = 0; i < 70; i++) {
          const on = addDays('2020-01-01', i);
          const here = stays.filter((one) => one.from <= on && (one.to === null || on <= one.to));
          expect(here.length).toBeLessThanOrEqual(1);
          const counts = countingResidency(stays, on)?.registeredStaff;
          if (on < from) expect(counts).toBe(countingResidency(before, on)?.registeredStaff);
          else if (stays !== before) expect(counts).toBe(staff);
        }
      }
    }),
  );
});
