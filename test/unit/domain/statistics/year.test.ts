import fc from 'fast-check';
import {
  daysOf,
  isPeriod,
  lastPeriod,
  PERIOD_EXAMPLES,
  periodsUpTo,
  quartersOf,
  type StatisticsPeriod,
} from '../../../../src/domain/statistics/period.ts';
import { countsOfYear, type PublishedCell, type PublishedCounts } from '../../../../src/domain/statistics/year.ts';

const UNITS = Object.keys(PERIOD_EXAMPLES) as StatisticsPeriod[];

test('a period is of one unit', () => {
  for (const unit of UNITS) {
    expect(UNITS.filter((other) => isPeriod(other, PERIOD_EXAMPLES[unit]))).toEqual([unit]);
  }
  for (const text of ['2026-Q3/2025-Q4', '2025-Q3/2026-Q3', '2026-Q5', '26', '2025-Q4/2026-Q3 ']) {
    expect(UNITS.filter((unit) => isPeriod(unit, text))).toEqual([]);
  }
});

test('a year and a rolling year are four quarters in a row', () => {
  expect(quartersOf('2026')).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
  expect(quartersOf('2025-Q4/2026-Q3')).toEqual(['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3']);
  expect(quartersOf('2026-Q3')).toBeUndefined();
  expect(daysOf('2025-Q4/2026-Q3')).toEqual({ from: '2025-10-01', to: '2026-09-30' });
  expect(daysOf('2026')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
});

test('the last year ends with a published quarter', () => {
  const last = (unit: StatisticsPeriod, quarter: string | null) => lastPeriod(unit, { month: '2026-10', quarter });
  expect(UNITS.map((unit) => last(unit, '2026-Q3'))).toEqual(['2026-10', '2026-Q3', '2025', '2025-Q4/2026-Q3']);
  expect(last('YEAR', '2026-Q4')).toBe('2026');
  expect(last('ROLLING_YEAR', null)).toBeNull();
});

test('a series has each period once, in order', () => {
  expect(periodsUpTo('MONTH', '2026-01', 3)).toEqual(['2025-11', '2025-12', '2026-01']);
  expect(periodsUpTo('QUARTER', '2026-Q1', 2)).toEqual(['2025-Q4', '2026-Q1']);
  expect(periodsUpTo('YEAR', '2026', 2)).toEqual(['2025', '2026']);
  expect(periodsUpTo('ROLLING_YEAR', '2025-Q4/2026-Q3', 2)).toEqual(['2025-Q3/2026-Q2', '2025-Q4/2026-Q3']);
});

test('a count of a year is shown only if readers could add it up themselves', () => {
  const cell = fc.oneof(fc.nat(90), fc.constantFrom('BELOW_THRESHOLD' as const, 'PROTECTS_OTHERS' as const));
  const counts = fc.record({
    ...{ received: cell, decided: cell, approved: cell, rejected: cell, onTime: cell, late: cell },
    waiting: fc.record({ APPLICANT: cell, EMPLOYER: cell, AGENCY: cell, OTHER_ZONE: cell, NOBODY: cell }),
  });
  const quarter = fc.option(counts, { freq: 4 });
  fc.assert(
    fc.property(fc.tuple(quarter, quarter, quarter, quarter), (quarters: readonly (PublishedCounts | null)[]) => {
      const { waiting, ...year } = countsOfYear(quarters);
      for (const [name, value] of Object.entries(year)) {
        const cells = quarters.map((each) => each?.[name as keyof typeof year] ?? 0);
        const numbers = cells.filter((each: PublishedCell) => typeof each === 'number');
        const sum = numbers.reduce((total, each) => total + each, 0);
        expect(value).toBe(numbers.length === cells.length ? sum : 'PROTECTS_OTHERS');
      }
      // Open cases are a level: that of the last quarter.
      expect(waiting).toEqual(
        quarters[3]?.waiting ?? { APPLICANT: 0, EMPLOYER: 0, AGENCY: 0, OTHER_ZONE: 0, NOBODY: 0 },
      );
    }),
  );
});
