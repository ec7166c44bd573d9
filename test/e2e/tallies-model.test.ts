import { startTestSystem, type TestSystem } from '../harness.ts';
import { compareTallies } from '../model/tallies/compare-tallies.ts';

/** Sums of parks and days equal a recount of all enterprises: `npm run model -- tallies` compares more of them. */

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

test('sums of every day follow stays, classes, reports, withdrawals and corrections', async () => {
  const { different, daySums, accepted } = await compareTallies(system, { daySums: 840, seed: 21 });
  expect(different).toEqual([]);
  expect(daySums).toBe(840);
  // The runs came to what they are about.
  for (const kind of ['WITHDRAW', 'CORRECT', 'CORRECT_SETTLED', 'LEAVE', 'CHANGE', 'PUBLISH'] as const) {
    expect([kind, accepted.get(kind) ?? 0]).toEqual([kind, expect.any(Number)]);
    expect(accepted.get(kind)).toBeGreaterThan(0);
  }
}, 120_000);
