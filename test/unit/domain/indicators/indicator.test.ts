import fc from 'fast-check';
import { rateOf } from '../../../../src/domain/indicators/indicator.ts';

test.each([
  [206, 236, '87.2', '87.3'],
  [5669, 6750, '83.9', '84.0'],
  [205, 236, '86.8', '86.9'],
  [207, 236, '87.7', '87.7'],
  [0, 236, '0.0', '0.0'],
  [236, 236, '100.0', '100.0'],
  [1, 2000, '0.0', '0.1'],
])('%p of %p in per cent is %p truncated and %p half up', (numerator, denominator, truncated, halfUp) => {
  expect(rateOf({ numerator, denominator }, 'TRUNCATE')).toBe(truncated);
  expect(rateOf({ numerator, denominator }, 'HALF_UP')).toBe(halfUp);
});

test('a ratio may also be written as such, with the decimals asked for', () => {
  expect(rateOf({ numerator: 206, denominator: 236 }, 'TRUNCATE', 'RATIO', 3)).toBe('0.872');
  expect(rateOf({ numerator: 206, denominator: 236 }, 'HALF_UP', 'PER_CENT', 4)).toBe('87.2881');
  expect(rateOf({ numerator: 3, denominator: 2 }, 'HALF_UP', 'RATIO', 0)).toBe('2');
});

test('refuses ratios without a denominator or with parts that are no counts', () => {
  expect(rateOf({ numerator: 0, denominator: 0 }, 'TRUNCATE')).toBeNull();
  expect(() => rateOf({ numerator: -1, denominator: 2 }, 'TRUNCATE')).toThrow(RangeError);
  expect(() => rateOf({ numerator: 0.5, denominator: 2 }, 'TRUNCATE')).toThrow(RangeError);
});

test('truncated is at most the exact rate, which is less than one step above; half up is at most half a step away', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }), fc.nat(4), (numerator, denominator, decimals) => {
      const steps = (text: string | null) => BigInt((text ?? '').replace('.', ''));
      const exact = BigInt(numerator) * 10n ** BigInt(decimals);
      const whole = BigInt(denominator);
      const truncated = steps(rateOf({ numerator, denominator }, 'TRUNCATE', 'RATIO', decimals)) * whole;
      expect(truncated <= exact && exact < truncated + whole).toBe(true);
      const distance = 2n * (steps(rateOf({ numerator, denominator }, 'HALF_UP', 'RATIO', decimals)) * whole - exact);
      expect(-whole < distance && distance <= whole).toBe(true);
    }),
  );
});
