import { readFileSync } from 'node:fs';
import { amountsOf, billedMs, streamAmountsOf } from '../cost/bill.ts';
import { priceOf, readPriceTables } from '../cost/price-tables.ts';
import { OPERATIONS } from '../cost/workload.ts';

const MEASURED = { document: 'x', calls: 3, readUnits: 2, writeUnits: 1, reachedTalent: true, cpuMs: 10 };

test('bills CPU time at the share of a function, its waits, and both functions of a request', () => {
  expect(billedMs(MEASURED)).toBeCloseTo(10 * (1_769 / 1_024) + 12);
  expect(amountsOf(MEASURED, 1_000_000)).toMatchObject({
    readUnits: 2_000_000,
    writeUnits: 1_000_000,
    invocations: 2_000_000,
    apiRequests: 1_000_000,
  });
});

test('bills the functions that follow a mutation, and no request of the API for them', () => {
  const { document: _, ...followed } = MEASURED;
  const amounts = streamAmountsOf({ ...followed, invocations: 2 }, 1_000);
  expect(amounts).toMatchObject({ readUnits: 2_000, writeUnits: 1_000, invocations: 2_000 });
  expect(amounts.gigabyteSeconds).toBeCloseTo(((10 * (1_769 / 512) + 12) / 1_000) * 0.5 * 1_000);
  expect(amounts).not.toHaveProperty('apiRequests');
});

test('multiplies amounts by the prices of a region', () => {
  const [dollars] = readPriceTables();
  expect(dollars && priceOf({ writeUnits: 2_000_000, readUnits: 4_000_000 }, dollars)).toBeCloseTo(
    2 * 0.625 + 4 * 0.125,
  );
});

test('docs/cost.md has every operation of the month and every price', () => {
  const text = readFileSync('docs/cost.md', 'utf8');
  for (const { document } of OPERATIONS) expect(text).toContain(`| \`${document}\` |`);
  for (const { prices } of readPriceTables()) {
    for (const { source } of Object.values(prices)) expect(text).toContain(source);
  }
});
