import { readItem, scanPages } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put, update } from '../../src/storage/dynamodb/write.ts';
import type { EnterpriseItem, OperationReportedEvent } from '../../src/storage/enterprises/items.ts';
import { operationReported, operationReportItem } from '../../src/storage/enterprises/make-items.ts';
import { countsOf } from '../../src/storage/enterprises/published-figures/counting.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import type { OpenTables } from '../../src/storage/read-models/read-model.ts';
import { parkFigures } from '../../src/storage/read-models/sums.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { FIXTURE_NOW, startOldSystem, upgrade } from '../data-versions.ts';
import { enterpriseOf, itemsOf, PARK } from '../fixtures/enterprise.ts';
import type { TestSystem } from '../harness.ts';

/** Reports get the size class of their enterprise on the day, and sums by it equal a rebuild from the events. */

const COUNTED = ['ParkFigures', 'ParkSteps', 'ParkDay', 'ParkDayParts', 'ParkDayShares'];
/** Days on which the enterprise has each class: two of them are settled. */
const CLASSES = [
  { on: '2019-03-01', sizeClass: 'MICRO' },
  { on: '2019-03-02', sizeClass: 'SMALL' },
  { on: '2019-03-03', sizeClass: 'MEDIUM' },
  { on: '2020-03-16', sizeClass: 'LARGE' },
] as const;

let system: TestSystem;
let open: OpenTables;
const enterprise = enterpriseOf(9_201, {
  sizeClass: 'LARGE',
  formerClasses: [{ sector: 'DIGITAL_ECONOMY', sizeClass: 'MEDIUM', to: '2019-03-03' }],
  settledTo: '2019-03-02',
});

beforeAll(async () => {
  system = await startOldSystem();
  open = (store) => system.table(store, { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal });
  const settled = CLASSES.slice(0, 2).map(({ on, sizeClass }) => ({
    ...{ ...enterpriseKeys.settledClasses(enterprise.id, on), type: 'SettledClasses', enterpriseId: enterprise.id },
    ...{ sector: 'DIGITAL_ECONOMY', sizeClass, to: on },
  }));
  const days = CLASSES.map(({ on }) => on);
  await system.write('enterprises', [...itemsOf(enterprise), ...settled, ...days.map((on) => oldReport(on))]);
});
afterAll(() => system.stop());

/** A counted report of a day in the old shape. */
function oldReport(on: string): Omit<OperationReportedEvent, 'sizeClass'> {
  const figures = { mode: 'ON_SITE', staffTotal: 700, staffReturned: 600, registeredStaff: 500 } as const;
  const report = { version: 1, enterpriseId: enterprise.id, on, parkId: PARK, reportedAt: FIXTURE_NOW.toISOString() };
  const { sizeClass: _, ...event } = operationReported(
    enterprise,
    null,
    operationReportItem({ ...report, ...figures }),
  );
  return { ...event, countedAt: FIXTURE_NOW.toISOString() };
}

async function all<Item extends PrimaryKey & { readonly type: string }>(...types: string[]): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of scanPages<Item>(open('enterprises'), types as Item['type'][])) items.push(...page);
  return items;
}

const again = () => migrate(system.connection, { keyring: system.keyring, now: FIXTURE_NOW, from: 21 });

test('each report gets the size class of its day, and a second run changes nothing', async () => {
  expect((await all<OperationReportedEvent>('OperationReported')).some(({ sizeClass }) => sizeClass)).toBe(false);
  // The sums of the days that are written above.
  const counts = CLASSES.flatMap(({ on }) => countsOf({ ...oldReport(on), sizeClass: 'MICRO' }));
  const days = counts.filter(({ identity }) => identity.type === 'ParkDay');
  await transact(
    open('enterprises'),
    days.map(({ key, identity, add }) => update(key, { set: identity, add })),
  );
  await upgrade(system);
  const events = await all<OperationReportedEvent>('OperationReported');
  const own = events.filter(({ enterpriseId }) => enterpriseId === enterprise.id);
  expect(own.map(({ on, sizeClass }) => ({ on, sizeClass })).sort((a, b) => (a.on < b.on ? -1 : 1))).toEqual(CLASSES);
  const sizes = new Map((await all<EnterpriseItem>('Enterprise')).map(({ id, sizeClass }) => [id, sizeClass]));
  const others = events.filter(({ enterpriseId }) => enterpriseId !== enterprise.id);
  expect(others.length).toBeGreaterThan(500);
  expect(others.filter((event) => event.sizeClass !== sizes.get(event.enterpriseId))).toEqual([]);
  expect(await readItem(open('enterprises'), enterpriseKeys.parkDayParts(PARK, '2019-03-02'))).toMatchObject({
    'SMALL/staffReturned': 600,
  });
  expect((await parkFigures.compare(open)).differences).toEqual([]);
  const items = await all(...COUNTED);
  await again();
  expect(await all(...COUNTED)).toEqual(items);
});

test('what an older function counts meanwhile is summed by the run after the deployment', async () => {
  const on = '2020-03-20';
  const event = oldReport(on);
  const counts = countsOf({ ...event, sizeClass: 'LARGE' }).filter(({ identity }) => identity.type === 'ParkDay');
  await transact(open('enterprises'), [
    put(event),
    ...counts.map(({ key, identity, add }) => update(key, { set: identity, add })),
    update(enterpriseKeys.parkFigures(PARK), { set: { lastReportedOn: on } }),
  ]);
  await again();
  expect((await parkFigures.compare(open)).differences).toEqual([]);
  expect(await readItem(open('enterprises'), enterpriseKeys.parkDayShares(PARK, on))).toMatchObject({
    [`${enterprise.sector}/ON_SITE/LARGE/staffReturned`]: 600,
  });
});
