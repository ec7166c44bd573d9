import { addDays } from '../../src/domain/calendar/day.ts';
import type { ClassifiedStep } from '../../src/domain/enterprises/residency.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { batchRead } from '../../src/storage/dynamodb/batch.ts';
import type { CountedItem, EnterpriseChangedEvent } from '../../src/storage/enterprises/items.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { countedItems, countsOf, sumCounts } from '../../src/storage/enterprises/published-figures/counting.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Fifty years in which an enterprise comes to a park every day: no item grows without bound, and no question costs more. */

const YEARS = 50;
const FIRST = '2020-01-01';
const LAST = `${2020 + YEARS - 1}-12-31`;

let system: TestSystem;
let execute: Execute;
let items: readonly CountedItem[];

beforeAll(async () => {
  system = await startTestSystem();
  execute = system.serve('enterprises', createEnterprisesSubgraph);
  await settle('park_first-year', '2020-12-31');
  items = await settle('park_fifty-years', LAST);
});
afterAll(() => system.stop());

/** Returns a step of each day up to a last one. */
function* dailySteps(parkId: string, last: string): Generator<ClassifiedStep> {
  let n = 0;
  for (let on = FIRST; on <= last; on = addDays(on, 1)) {
    const sector = n++ % 2 === 0 ? 'DIGITAL_ECONOMY' : 'OTHER';
    yield { parkId, on, sector, sizeClass: 'SMALL', residents: 1, registeredStaff: 10 };
  }
}

/** Stores the sums of a park that an enterprise came to on every day. */
async function settle(parkId: string, last: string): Promise<readonly CountedItem[]> {
  const event = (step: ClassifiedStep): EnterpriseChangedEvent => ({
    ...enterpriseKeys.enterpriseChange('ent', 1),
    type: 'EnterpriseChanged',
    version: 1,
    enterpriseId: 'ent',
    steps: [step],
    listedBefore: [],
    listedAfter: [{ parkId, sector: step.sector, sizeClass: step.sizeClass }],
    at: '2020-01-01T00:00:00.000Z',
  });
  const counts = Array.from(dailySteps(parkId, last)).flatMap((step) => countsOf(event(step)));
  const items = countedItems(sumCounts(counts), new Map());
  await system.write('enterprises', [knownParkItem(parkId, 'zone_teda'), ...items]);
  return items;
}

const sizeOf = (item: PrimaryKey) => Buffer.byteLength(JSON.stringify(item));

/** Asks a field of a park. Returns the answer, the calls, and the bytes of the items that they read. */
async function ask(parkId: string, field: string, now: string) {
  let answer: unknown;
  const calls = await system.dynamo.during(async () => {
    const query = `{ _entities(representations: [{ __typename: "Park", id: "${parkId}" }]) { ... on Park { ${field} } } }`;
    const { data, errors } = await execute(query, {}, { now: new Date(`${now}T02:00:00.000Z`) });
    expect(errors).toBeUndefined();
    answer = data._entities[0];
  });
  const table = system.table('enterprises');
  type Batch = { readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly PrimaryKey[] }>> };
  const keys = calls.flatMap(({ input }) => (input as Batch).RequestItems[table.name]?.Keys ?? []);
  const items = (await batchRead<PrimaryKey>(table, keys)).filter((item) => item !== null);
  const sizes = items.map(sizeOf);
  return {
    answer,
    calls: calls.map(({ command }) => command),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    /** Read units of an eventually consistent read: half a unit for 4 KB of each item. */
    units: sizes.reduce((sum, size) => sum + Math.ceil(size / 4_096) / 2, 0),
  };
}

test('questions of the fiftieth year read as much as those of the first', async () => {
  const largest = items.map(sizeOf).sort((a, b) => b - a)[0] ?? 0;
  expect(items.length).toBeGreaterThan(2 * YEARS * 12);
  expect(largest).toBeLessThan(16_384);

  const count = 'enterpriseCount';
  const first = await ask('park_first-year', count, '2020-12-31');
  const last = await ask('park_fifty-years', count, LAST);
  expect(first.answer).toEqual({ enterpriseCount: 366 });
  expect(last.answer).toEqual({ enterpriseCount: 18_263 });
  expect(last.calls).toEqual(first.calls);
  expect(last.units).toBe(first.units);

  const bySector = 'enterpriseCounts(by: SECTOR) { sector enterprises { value } }';
  const [firstCounts, lastCounts] = [
    await ask('park_first-year', bySector, '2020-12-31'),
    await ask('park_fifty-years', bySector, LAST),
  ];
  expect(lastCounts.answer).toMatchObject({
    enterpriseCounts: [
      { sector: 'DIGITAL_ECONOMY', enterprises: { value: 9_132 } },
      ...Array(5).fill({}),
      { enterprises: { value: 9_131 } },
    ],
  });
  expect(lastCounts.calls).toEqual(firstCounts.calls);
  expect(lastCounts.units).toBeLessThanOrEqual(firstCounts.units + 0.5);
  expect(lastCounts.bytes).toBeLessThan(firstCounts.bytes * 1.5);
});

test('a day of long ago is as cheap, and its level is that of then', async () => {
  const early = await ask('park_fifty-years', 'enterpriseCount(on: "2020-01-31")', LAST);
  const late = await ask('park_fifty-years', `enterpriseCount(on: "${LAST}")`, LAST);
  expect(early.answer).toEqual({ enterpriseCount: 31 });
  expect(early.calls).toEqual(late.calls);
  expect(early.units).toBe(late.units);
  expect((await ask('park_fifty-years', 'enterpriseCount(on: "2019-12-31")', LAST)).answer).toEqual({
    enterpriseCount: 0,
  });
});
