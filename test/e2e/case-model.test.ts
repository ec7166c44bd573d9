import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';
import { StoredCases } from '../model/stored-case.ts';
import { runOnStore } from '../model/stored-run.ts';
import { newTally } from '../model/tally.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

/** A short run of `npm run model`. */
test('one after the other and at once, with faults of the store, cases are as in a second reading of the rules', async () => {
  const cases = new StoredCases(system, system.serve('talent', createTalentSubgraph));
  const tally = newTally();
  await runOnStore({ cases, count: 100, seed: 2026, tally });
  expect(tally.accepted).toBeGreaterThan(25);
  expect(tally.together).toBeGreaterThan(25);
  expect(tally.faulty).toBeGreaterThan(10);
});
