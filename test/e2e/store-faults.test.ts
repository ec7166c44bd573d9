import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';
import { storeFaults } from '../store-faults/store-faults.ts';

/** A short run of `npm run store-faults`. */
test('clients finish their cases while three of ten calls of the store fail, and nothing is done twice', async () => {
  const report = await storeFaults({ cases: 2, workers: 2, share: 0.3, random: randomNumbers(1) });
  expect(report).toMatchObject({
    wrongCases: 0,
    mutations: { milliseconds: { length: 18 } },
    reads: { milliseconds: { length: 18 } },
    whenDown: {
      extensions: { code: 'STORE_UNAVAILABLE', retryable: true, mayHaveBeenWritten: false, retryAfterSeconds: 1 },
    },
  });
  expect(report.reads.atFirstTry).toBeGreaterThanOrEqual(17);
  const { calls, ...faults } = report.store;
  expect(Object.values(faults).reduce((sum, count) => sum + count) / calls).toBeGreaterThan(0.2);
  expect(Object.keys(report.codes).filter((code) => code !== 'STORE_UNAVAILABLE')).toEqual([]);
});
