import { crash } from '../crash/crash.ts';
import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';

/** A short run of `npm run crash-test`. */
test('the system is killed while clients work: nothing that was acknowledged is lost, nothing done twice', async () => {
  const report = await crash({ mutations: 36, kills: 1, workers: 2, deliveredWithinMs: 0, random: randomNumbers(1) });
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ cases: 4, events: 36, acknowledged: 36 });
});
