import fc from 'fast-check';
import {
  addContributions,
  boundOf,
  contributionsOf,
  isDominated,
  unknownContributions,
} from '../../../../src/domain/statistics/dominance.ts';

/** Contributions and whether they are dominated: the others must be at least 15 per cent of the largest. */
const VECTORS: readonly (readonly [readonly number[], boolean])[] = [
  [[], false],
  [[0, 0], false],
  [[7], true],
  [[7, 7], true],
  [[100, 50, 15], false],
  [[100, 50, 14], true],
  [[100, 50, 7, 8], false],
  [[100, 100, 10, 4], true],
  [[1000, 1, 1, 1], true],
  [[20, 20, 20], false],
  [[20, 20, 3], false],
  [[20, 20, 2], true],
];

/** Returns contributions by their bounds. */
function bounded(values: readonly number[]) {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(boundOf(value), (counts.get(boundOf(value)) ?? 0) + 1);
  return contributionsOf(
    values.reduce((sum, value) => sum + value, 0),
    counts,
  );
}

test.each(VECTORS)('the contributions %j are dominated: %s', (values, wanted) => {
  const [largest = 0, second = 0] = values.toSorted((a, b) => b - a);
  const sum = values.reduce((total, value) => total + value, 0);
  expect(isDominated({ sum, largest, second })).toBe(wanted);
  if (wanted) expect(isDominated(bounded(values))).toBe(true);
});

test.each([
  [0, 0],
  [7, 7],
  [10, 10],
  [11, 13],
  [13, 13],
  [64, 64],
  [65, 80],
  [81, 100],
  [101, 130],
  [5_669, 6_400],
  [100_000, 100_000],
  [100_001, 130_000],
])('a contribution of %d is counted by the bound %d', (value, bound) => {
  expect(boundOf(value)).toBe(bound);
});

test('a bound is at least the contribution, and at most 30 per cent above it', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), (value) => {
      expect(boundOf(value)).toBeGreaterThanOrEqual(value);
      expect(boundOf(value)).toBeLessThanOrEqual(value * 1.3);
      expect(boundOf(value + 1)).toBeGreaterThanOrEqual(boundOf(value));
    }),
  );
});

test('groups that are added up are as their enterprises together, and unknown ones are one enterprise', () => {
  const values = fc.array(fc.nat(500), { maxLength: 6 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(addContributions(bounded(a), bounded(b))).toEqual(bounded([...a, ...b]));
    }),
  );
  expect(unknownContributions(90)).toEqual({ sum: 90, largest: 90, second: 0 });
});
