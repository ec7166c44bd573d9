import fc from 'fast-check';
import { nextAttempt, RETRY_DELAYS_MS } from '../../../../src/domain/webhooks/delivery-retry.ts';

const NOW = new Date('2026-11-24T08:00:00.000Z');
const HOUR = 3_600_000;

const waits = (random: number, retryAfter: number | null = null) =>
  RETRY_DELAYS_MS.map((_, i) => {
    const next = nextAttempt({ attempts: i + 1, now: NOW, retryAfter, random });
    return next ? next.getTime() - NOW.getTime() : null;
  });

test('each wait is longer than the one before, and all of them come to 42 hours', () => {
  expect(waits(0)).toEqual(RETRY_DELAYS_MS);
  expect(RETRY_DELAYS_MS.toSorted((a, b) => a - b)).toEqual(RETRY_DELAYS_MS);
  expect(RETRY_DELAYS_MS.reduce((sum, step) => sum + step, 0) / HOUR).toBeCloseTo(41.6, 1);
});

test('after the last one there is none', () => {
  expect(nextAttempt({ attempts: RETRY_DELAYS_MS.length + 1, now: NOW, retryAfter: 1_000, random: 0 })).toBeNull();
});

test('what failed together doesn’t come back together, and what a receiver asks for is kept to up to a day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: RETRY_DELAYS_MS.length }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 100 * HOUR })),
      (attempts, random, retryAfter) => {
        const step = RETRY_DELAYS_MS[attempts - 1] ?? 0;
        const next = nextAttempt({ attempts, now: NOW, retryAfter, random });
        const wait = (next?.getTime() ?? 0) - NOW.getTime();
        expect(wait).toBeGreaterThanOrEqual(Math.max(step, Math.min(retryAfter ?? 0, 24 * HOUR)));
        expect(wait).toBeLessThanOrEqual(Math.max(step * 1.2, Math.min(retryAfter ?? 0, 24 * HOUR)));
      },
    ),
    { seed: 1 },
  );
});
