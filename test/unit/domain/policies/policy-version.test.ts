import * as fc from 'fast-check';
import { addDays, isWithin } from '../../../../src/domain/calendar/day.ts';
import {
  bucketsOfDay,
  inForceBuckets,
  inForceIntervals,
  OPEN_END,
  type PolicyVersionFacts,
  versionInForce,
} from '../../../../src/domain/policies/policy-version.ts';

const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2016-01-01', days));
const version = fc.record({
  status: fc.constantFrom('PUBLISHED', 'PUBLISHED', 'WITHDRAWN'),
  validFrom: day,
  length: fc.option(fc.integer({ min: 0, max: 900 })),
});
const versions = fc.array(version, { maxLength: 5 }).map((drawn) =>
  drawn.map(
    ({ status, validFrom, length }, i): PolicyVersionFacts => ({
      number: i + 1,
      status: status === 'WITHDRAWN' ? 'WITHDRAWN' : 'PUBLISHED',
      validFrom,
      validTo: length === null ? null : addDays(validFrom, length),
    }),
  ),
);

test('an interval is made up of whole years, months and days', () => {
  expect(inForceBuckets({ from: '2019-12-31', to: '2021-02-02' })).toEqual([
    '2019-12-31',
    '2020',
    '2021-01',
    '2021-02-01',
    '2021-02-02',
  ]);
  expect(inForceBuckets({ from: '2020-02-01', to: '2020-02-29' })).toEqual(['2020-02']);
  expect(inForceBuckets({ from: '2020-02-10', to: null })).toEqual([OPEN_END]);
});

test('a day is within an interval if and only if exactly one of its own buckets is among the interval’s', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 900 }), day, (from, length, asked) => {
      const interval = { from, to: addDays(from, length) };
      const buckets = inForceBuckets(interval);
      expect(new Set(buckets).size).toBe(buckets.length);
      expect(bucketsOfDay(asked).filter((bucket) => buckets.includes(bucket))).toHaveLength(
        isWithin(asked, interval) ? 1 : 0,
      );
    }),
  );
});

test('an interval of fifteen years fits one transaction, with its policy', () => {
  expect(inForceBuckets({ from: '2011-01-02', to: '2025-12-30' }).length).toBeLessThan(100);
});

test('a later version replaces an earlier one from its first day on, a withdrawn one never counts', () => {
  const at = (number: number, validFrom: string, validTo: string | null, status: 'PUBLISHED' | 'WITHDRAWN') => ({
    number,
    validFrom,
    validTo,
    status,
  });
  expect(
    inForceIntervals([
      at(3, '2020-03-01', null, 'WITHDRAWN'),
      at(2, '2020-01-01', '2020-12-31', 'PUBLISHED'),
      at(1, '2018-01-01', null, 'PUBLISHED'),
    ]),
  ).toEqual([
    { number: 1, from: '2018-01-01', to: '2019-12-31' },
    { number: 2, from: '2020-01-01', to: '2020-12-31' },
  ]);
});

test('on any day at most one version is in force, and it is published and valid', () => {
  fc.assert(
    fc.property(versions, day, (all, asked) => {
      const found = inForceIntervals(all).filter((interval) => isWithin(asked, interval));
      expect(found.length).toBeLessThanOrEqual(1);
      const inForce = versionInForce(all, asked);
      expect(inForce?.number).toBe(found[0]?.number);
      if (!inForce) return;
      expect(inForce.status).toBe('PUBLISHED');
      expect(isWithin(asked, { from: inForce.validFrom, to: inForce.validTo })).toBe(true);
      const later = all.filter(({ number, status, validFrom }) => {
        return number > inForce.number && status === 'PUBLISHED' && validFrom <= asked;
      });
      expect(later).toEqual([]);
    }),
  );
});
