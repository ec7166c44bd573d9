import { readItem, scanPages } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put, update } from '../../src/storage/dynamodb/write.ts';
import type { EnterpriseItem, OperationReportedEvent, ParkFiguresItem } from '../../src/storage/enterprises/items.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import type { OpenTables } from '../../src/storage/read-models/read-model.ts';
import { parkFigures } from '../../src/storage/read-models/sums.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { FIXTURE_NOW, startOldSystem, upgrade } from '../data-versions.ts';
import { PARK } from '../fixtures/enterprise.ts';
import type { TestSystem } from '../harness.ts';

/** The figures of parks that were stored in one item are moved to bounded ones, equal to a rebuild from the events. */

let system: TestSystem;
let open: OpenTables;

beforeAll(async () => {
  system = await startOldSystem();
  open = (store) => system.table(store, { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal });
});
afterAll(() => system.stop());

async function all<Item extends PrimaryKey & { readonly type: string }>(...types: string[]): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of scanPages<Item>(open('enterprises'), types as Item['type'][])) items.push(...page);
  return items;
}

const COUNTED = ['ParkFigures', 'ParkSteps', 'ParkDay', 'ParkDayParts'];
const again = () => migrate(system.connection, { keyring: system.keyring, now: FIXTURE_NOW, from: 9 });

test('old figures become bounded items, and a second run changes nothing', async () => {
  const before = await all<ParkFiguresItem>('ParkFigures');
  expect(before.some((item) => Object.keys(item).some((name) => name.startsWith('step/')))).toBe(true);
  await upgrade(system);
  const after = await all<ParkFiguresItem>('ParkFigures');
  expect(after.flatMap((item) => Object.keys(item).filter((name) => name.startsWith('step/')))).toEqual([]);
  expect(after.map(({ parkId, listed, lastReportedOn }) => [parkId, listed, lastReportedOn])).toEqual(
    before.map(({ parkId, listed, lastReportedOn }) => [parkId, listed, lastReportedOn]),
  );
  expect((await parkFigures.compare(open)).differences).toEqual([]);
  const items = await all(...COUNTED);
  await again();
  expect(await all(...COUNTED)).toEqual(items);
});

test('what an older function counts meanwhile is summed by the run after the deployment', async () => {
  const [enterprise] = await all<EnterpriseItem>('Enterprise');
  const on = '2020-03-20';
  const figures = { mode: 'ON_SITE', staffTotal: 7, staffReturned: 6, registeredStaff: 5 } as const;
  const {
    sector: _,
    sizeClass: __,
    ...event
  }: OperationReportedEvent = {
    ...enterpriseKeys.reportVersion(enterprise?.id ?? '', on, 1),
    type: 'OperationReported',
    version: 1,
    enterpriseId: enterprise?.id ?? '',
    on,
    parkId: PARK,
    sector: 'OTHER',
    sizeClass: 'MICRO',
    before: null,
    after: figures,
    at: FIXTURE_NOW.toISOString(),
    countedAt: FIXTURE_NOW.toISOString(),
  };
  const add = { reported: 1, resumedOnSite: 1, resumedOnline: 0, staffTotal: 7, staffReturned: 6, registeredStaff: 5 };
  await transact(open('enterprises'), [
    put(event),
    update(enterpriseKeys.parkDay(PARK, on), { set: { type: 'ParkDay', parkId: PARK, on }, add }),
    update(enterpriseKeys.parkFigures(PARK), { set: { lastReportedOn: on }, add: { 'step/2020-03-20/residents': 0 } }),
  ]);
  await again();
  expect((await parkFigures.compare(open)).differences).toEqual([]);
  expect(await readItem(open('enterprises'), enterpriseKeys.parkDayParts(PARK, on))).toMatchObject({
    [`${enterprise?.sector}/staffReturned`]: 6,
    'ON_SITE/staffReturned': 6,
  });
});
