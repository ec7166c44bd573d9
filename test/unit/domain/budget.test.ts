import fc from 'fast-check';
import { enoughAt, FULL, putBack, scaled, taken, tokensIn } from '../../../src/domain/budget.ts';

const NOW = 1_584_410_400_000;
const allowance = { capacity: 100, perSecond: 4 };

test('treats an unknown bucket as full', () => {
  expect(tokensIn(FULL, allowance, NOW)).toBe(100);
});

test('what is taken comes back steadily, and no further than the brim', () => {
  const bucket = taken(FULL, allowance, 60, NOW);
  expect([0, 1_000, 14_999, 15_000, 1e9].map((later) => tokensIn(bucket, allowance, NOW + later))).toEqual([
    40, 44, 99, 100, 100,
  ]);
  expect(tokensIn(putBack(bucket, allowance, 25), allowance, NOW)).toBe(65);
  expect(tokensIn(putBack(bucket, allowance, 80), allowance, NOW)).toBe(100);
});

test('it says when there is enough, to the millisecond', () => {
  const bucket = taken(FULL, allowance, 90, NOW);
  expect(enoughAt(bucket, allowance, 10, NOW)).toBe(NOW);
  const then = enoughAt(bucket, allowance, 30, NOW);
  expect(then).toBe(NOW + 5_000);
  expect([tokensIn(bucket, allowance, then - 1), tokensIn(bucket, allowance, then)]).toEqual([29, 30]);
});

test('whoever takes only what is there never gets more than a capacity and what came in since', () => {
  const steps = fc.array(fc.record({ wait: fc.nat(5_000), tokens: fc.integer({ min: 1, max: 100 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 5_000 }), (all, perSecond) => {
      const odd = { capacity: 100, perSecond };
      let [now, bucket, got] = [NOW, FULL, 0];
      for (const { wait, tokens } of all) {
        now += wait;
        if (tokensIn(bucket, odd, now) < tokens) continue;
        bucket = taken(bucket, odd, tokens, now);
        got += tokens;
        expect(got).toBeLessThanOrEqual(100 + (perSecond * (now - NOW)) / 1_000);
      }
    }),
  );
});

test('a part of an allowance is a part of both', () => {
  expect(scaled(allowance, 0.5)).toEqual({ capacity: 50, perSecond: 2 });
});
