import fc from 'fast-check';
import { Breaker, type BreakerSettings, type Outcome, type Pass } from '../../src/remote/breaker.ts';

const SETTINGS: BreakerSettings = {
  failures: 3,
  recentUses: 6,
  recentMilliseconds: 10_000,
  openMilliseconds: 1_000,
  longestOpenMilliseconds: 4_000,
  probeMilliseconds: 5_000,
};

/** Uses it once, at an instant; whether it was let through. */
function use(breaker: Breaker, outcome: Outcome, now: number): boolean {
  const pass = breaker.enter(now);
  pass?.end(outcome, now);
  return pass !== undefined;
}

function opened(at: number): Breaker {
  const breaker = new Breaker(SETTINGS);
  for (let i = 0; i < 3; i += 1) use(breaker, 'failed', at);
  return breaker;
}

test('it opens after so many failures, and lets one probe through after a while', () => {
  const breaker = opened(0);
  expect(use(breaker, 'answered', 999)).toBe(false);
  const probe = breaker.enter(1_000);
  expect(probe).toBeDefined();
  expect(breaker.enter(1_001)).toBeUndefined();
  probe?.end('answered', 1_100);
  expect(use(breaker, 'failed', 1_101)).toBe(true);
  expect(use(breaker, 'failed', 1_102)).toBe(true);
});

test('each failed probe doubles the pause, up to the longest', () => {
  const breaker = opened(0);
  const pauses: number[] = [];
  let failedAt = 0;
  for (let now = 1; now < 20_000; now += 1) {
    if (!use(breaker, 'failed', now)) continue;
    pauses.push(now - failedAt);
    failedAt = now;
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
});

test('failures that are fewer than half, or long ago, do not open it', () => {
  const mixed = new Breaker({ ...SETTINGS, recentUses: 20 });
  for (let i = 0; i < 30; i += 1) expect(use(mixed, i % 3 === 0 ? 'failed' : 'answered', i)).toBe(true);
  const rare = new Breaker(SETTINGS);
  for (let i = 0; i < 30; i += 1) expect(use(rare, 'failed', i * 6_000)).toBe(true);
});

test('a probe that never ends is forgotten, and its late end says nothing', () => {
  const breaker = opened(0);
  const frozen = breaker.enter(1_000);
  expect(breaker.enter(5_999)).toBeUndefined();
  const next = breaker.enter(6_000);
  expect(next).toBeDefined();
  frozen?.end('answered', 6_001);
  expect(breaker.enter(6_002)).toBeUndefined();
  next?.end('answered', 6_003);
  expect(breaker.enter(6_004)).toBeDefined();
});

test('a probe that nobody waited for makes room for the next', () => {
  const breaker = opened(0);
  breaker.enter(1_000)?.end('unknown', 1_010);
  expect(breaker.enter(1_010)).toBeDefined();
});

test('however it is used, a subgraph that answers is let through again', () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 3_000 }),
    outcome: fc.constantFrom<Outcome>('answered', 'failed', 'unknown'),
    isLate: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const breaker = new Breaker(SETTINGS);
      const late: [Pass, Outcome][] = [];
      let now = 0;
      for (const { wait, outcome, isLate } of steps) {
        now += wait;
        const pass = breaker.enter(now);
        if (pass && isLate) late.push([pass, outcome]);
        else pass?.end(outcome, now);
        if (wait % 3 === 0) {
          const [held, how] = late.shift() ?? [];
          if (held && how) held.end(how, now);
        }
      }
      now += SETTINGS.longestOpenMilliseconds + SETTINGS.probeMilliseconds;
      expect(use(breaker, 'answered', now)).toBe(true);
      expect(use(breaker, 'answered', now)).toBe(true);
    }),
  );
});
