import fc from 'fast-check';
import { allocate, fenOf } from '../../../../src/domain/linkages/money.ts';

test.each([
  [100n, [3334, 3333, 3333], [34n, 33n, 33n]],
  [1n, [5000, 5000], [1n, 0n]],
  [-1n, [5000, 5000], [-1n, 0n]],
  [0n, [10_000], [0n]],
  [720_000_000_000n, [5000, 3000, 2000], [360_000_000_000n, 216_000_000_000n, 144_000_000_000n]],
])('%p fen by %p are %p', (amount, shares, parts) => {
  expect(allocate(amount, shares)).toEqual(parts);
});

test('parts sum to the amount, each less than one fen from its exact share', () => {
  const cuts = fc.array(fc.nat(10_000), { maxLength: 6 }).map((cut) => [0, ...cut.sort((a, b) => a - b), 10_000]);
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), cuts, (amount, cut) => {
      const shares = cut.slice(1).map((end, i) => end - (cut[i] ?? 0));
      const parts = allocate(amount, shares);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
      parts.forEach((part, i) => {
        const distance = part * 10_000n - amount * BigInt(shares[i] ?? 0);
        expect(distance < 10_000n && distance > -10_000n).toBe(true);
      });
    }),
  );
});

test('shares that are not all of it are a fault of the caller', () => {
  expect(() => allocate(1n, [5000, 4999])).toThrow(RangeError);
  expect(() => allocate(1n, [10_001, -1])).toThrow(RangeError);
});

test('fen are read as integers only', () => {
  expect(['12', '-3', '0', '9007199254740993', '1.5', '+1', '', '-0', '01', '1e3'].map(fenOf)).toEqual([
    12n,
    -3n,
    0n,
    9007199254740993n,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
