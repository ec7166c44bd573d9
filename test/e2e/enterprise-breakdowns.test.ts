import type { Sector } from '../../src/domain/enterprises/industry.ts';
import { OPERATION_MODES, type OperationMode } from '../../src/domain/published-figures/resumption.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A park's figures of a day are told apart by sector, size and mode, and no small count is told to strangers. */

const MONDAY = '2020-03-16';
const ADMIN: Viewer = { kind: 'admin', person: 'admin' };
const officer = (zone: string): Viewer => {
  return { kind: 'officer', person: 'o', agency: 'PARK', zone, roles: ['REGISTER', 'PUBLISH_FIGURES'] };
};

let system: TestSystem;
let execute: Execute;
let park: string;
let parks = 0;
let enterprises: readonly string[];
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  execute = system.serve('enterprises', createEnterprisesSubgraph);
});
afterAll(() => system.stop());

/**
 * Six of the digital economy, three of them on site; six others, three of them online; two of transport, without a
 * report; three of materials. The first nine are micro enterprises.
 */
beforeEach(async () => {
  park = `park_breakdowns-${parks++}`;
  const sectors: Sector[] = [
    ...Array<Sector>(6).fill('DIGITAL_ECONOMY'),
    ...Array<Sector>(6).fill('OTHER'),
    ...Array<Sector>(2).fill('SMART_TRANSPORT'),
    ...Array<Sector>(3).fill('NEW_MATERIALS'),
  ];
  const records = sectors.map((sector, i) =>
    enterpriseOf(700_000 + parks * 100 + i, {
      sector,
      sizeClass: i < 9 ? 'MICRO' : 'SMALL',
      residencies: [{ parkId: park, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 }],
    }),
  );
  enterprises = records.map(({ id }) => id);
  await system.write('enterprises', [knownParkItem(park, 'zone_teda'), ...records.flatMap(itemsOf)]);
  for (const i of [0, 1, 2]) await report(i, 'ON_SITE', 8);
  for (const i of [6, 7, 8]) await report(i, 'ONLINE_OFFLINE', 5);
  for (const i of [3, 4, 5, 9, 10, 11, 14, 15, 16]) await report(i, 'NOT_RESUMED', 0);
  await count();
  await publish();
});

async function mutate(mutation: string, type: string, input: object, viewer: Viewer) {
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message } } }`;
  const { data, errors } = await execute(
    query,
    { input: { idempotencyKey: `breakdown-${keys++}`, ...input } },
    { viewer },
  );
  expect(errors).toBeUndefined();
  expect(data[mutation].userErrors).toEqual([]);
}

const clerk = (i: number): Viewer => ({ kind: 'clerk', person: 'clerk', enterprise: enterprises[i] ?? '' });

async function report(i: number, mode: OperationMode, staffReturned: number, more: object = {}): Promise<void> {
  const stated = { enterprise: enterprises[i], on: MONDAY, mode, staffTotal: 10, staffReturned, ...more };
  await mutate('reportOperations', 'ReportOperationsInput', { reports: [stated] }, clerk(i));
}

async function count(): Promise<void> {
  const table = system.table('enterprises');
  for (const id of enterprises) {
    const items = await readRange<PrimaryKey>(table, { partition: id });
    await countEvents(
      table,
      items.filter(({ sk }) => /^(CHANGE|REPORTED)#/.test(sk)),
      NOW,
    );
  }
}

/** Publishes the figures that the reports add up to. */
async function publish(): Promise<void> {
  const { resumption } = await ask(`resumption(on: "${MONDAY}") { fingerprint }`, ADMIN);
  await mutate(
    'publishDay',
    'PublishDayInput',
    { park, on: MONDAY, seen: resumption.fingerprint },
    officer('zone_teda'),
  );
}

async function ask(field: string, viewer: Viewer = { kind: 'anonymous' }) {
  const query = `{ _entities(representations: [{ __typename: "Park", id: "${park}" }]) { ... on Park { ${field} } } }`;
  const { data, errors } = await execute(query, {}, { viewer });
  expect(errors).toBeUndefined();
  return data._entities[0];
}

type Cell = { readonly value: number | null; readonly suppressed: string | null };
const shown = ({ value, suppressed }: Cell) => value ?? suppressed;
const CELL = '{ value suppressed }';

async function bySector(viewer?: Viewer, on = MONDAY): Promise<Record<string, unknown>> {
  const { enterpriseCounts } = await ask(
    `enterpriseCounts(by: SECTOR, on: "${on}") { sector size mode enterprises ${CELL} }`,
    viewer,
  );
  for (const { size, mode } of enterpriseCounts) expect([size, mode]).toEqual([null, null]);
  return Object.fromEntries(
    enterpriseCounts.map((row: { sector: string; enterprises: Cell }) => [row.sector, shown(row.enterprises)]),
  );
}

const ALL = {
  DIGITAL_ECONOMY: 6,
  PRECISION_MEDICINE: 0,
  SMART_TRANSPORT: 2,
  NEW_MATERIALS: 3,
  INTELLIGENT_MANUFACTURING: 0,
  TECHNOLOGY_SERVICES: 0,
  OTHER: 6,
};
const SUPPRESSED = { ...ALL, SMART_TRANSPORT: 'BELOW_THRESHOLD', NEW_MATERIALS: 'PROTECTS_OTHERS' };

test('small counts by sector are suppressed, with another one, for all but the zone and administrators', async () => {
  expect(await bySector()).toEqual(SUPPRESSED);
  expect(await bySector(officer('zone_baodi'))).toEqual(SUPPRESSED);
  expect(await bySector(officer('zone_teda'))).toEqual(ALL);
  expect(await bySector(ADMIN)).toEqual(ALL);
});

test('counts by size and mode name their rows, and sum to the residents', async () => {
  const { sizes, modes } = await ask(`
    sizes: enterpriseCounts(by: SIZE) { size enterprises ${CELL} }
    modes: enterpriseCounts(by: MODE) { mode enterprises ${CELL} }`);
  const rows = (of: readonly { enterprises: Cell }[]) =>
    of.map(({ enterprises: cell, ...name }) => [...Object.values(name), shown(cell)]);
  expect(rows(sizes)).toEqual([
    ['MICRO', 9],
    ['SMALL', 8],
    ['MEDIUM', 0],
    ['LARGE', 0],
  ]);
  expect(rows(modes)).toEqual([
    ['ON_SITE', 3],
    ['ONLINE_OFFLINE', 3],
    ['NOT_RESUMED', 11],
  ]);
});

test('staff by mode counts those who work online, and suppresses what few enterprises report', async () => {
  const staff = async (viewer?: Viewer) => {
    const { staffByMode } = await ask(`staffByMode { mode staff ${CELL} returned ${CELL} }`, viewer);
    return staffByMode.map((row: { mode: string; staff: Cell; returned: Cell }) => [
      row.mode,
      shown(row.staff),
      shown(row.returned),
    ]);
  };
  const all = [
    ['ON_SITE', 30, 24],
    ['ONLINE_OFFLINE', 30, 15],
    ['NOT_RESUMED', 110, 0],
  ];
  expect(await staff()).toEqual(all);
  const withdrawn = { enterprise: enterprises[6], on: MONDAY, version: 1, reason: 'It was closed.' };
  await mutate('withdrawReport', 'WithdrawReportInput', withdrawn, clerk(6));
  await count();
  const changed = 'NOT_PUBLISHED';
  expect(await staff()).toEqual(OPERATION_MODES.map((mode) => [mode, changed, changed]));
  await publish();
  expect(await staff()).toEqual([
    ['ON_SITE', 'PROTECTS_OTHERS', 'PROTECTS_OTHERS'],
    ['ONLINE_OFFLINE', 'BELOW_THRESHOLD', 'BELOW_THRESHOLD'],
    ['NOT_RESUMED', 120, 0],
  ]);
  expect(await staff(ADMIN)).toEqual([
    ['ON_SITE', 30, 24],
    ['ONLINE_OFFLINE', 20, 10],
    ['NOT_RESUMED', 120, 0],
  ]);
});

test('resumption by sector shows both rates, or the reason why not', async () => {
  const rates = 'production { numerator denominator } returnToWork { numerator denominator rate }';
  const { resumptionBySector } = await ask(`resumptionBySector { sector suppressed ${rates} }`);
  const rows = new Map(resumptionBySector.map((row: { sector: string }) => [row.sector, row]));
  expect(rows.get('DIGITAL_ECONOMY')).toEqual({
    sector: 'DIGITAL_ECONOMY',
    suppressed: null,
    production: { numerator: 3, denominator: 6 },
    returnToWork: { numerator: 24, denominator: 60, rate: '40.0' },
  });
  expect(rows.get('SMART_TRANSPORT')).toEqual({
    sector: 'SMART_TRANSPORT',
    suppressed: 'BELOW_THRESHOLD',
    production: null,
    returnToWork: null,
  });
  expect(rows.get('NEW_MATERIALS')).toMatchObject({ suppressed: 'PROTECTS_OTHERS' });
  expect(rows.get('OTHER')).toMatchObject({ suppressed: null, production: { numerator: 3, denominator: 6 } });
});

test('resumption by size class shows both rates and the staff, or the reason why not', async () => {
  const field = `resumptionBySize {
    size suppressed production { numerator denominator } returnToWork { numerator denominator rate }
  }`;
  const none = { suppressed: null, production: { numerator: 0, denominator: 0 }, returnToWork: expect.anything() };
  const micro = { numerator: 39, denominator: 90, rate: '43.3' };
  const small = { numerator: 0, denominator: 80, rate: '0.0' };
  expect((await ask(field)).resumptionBySize).toEqual([
    { size: 'MICRO', suppressed: null, production: { numerator: 6, denominator: 9 }, returnToWork: micro },
    { size: 'SMALL', suppressed: null, production: { numerator: 0, denominator: 8 }, returnToWork: small },
    { size: 'MEDIUM', ...none },
    { size: 'LARGE', ...none },
  ]);
  // One small enterprise has resumed then.
  await report(9, 'ONLINE_OFFLINE', 4, { corrects: 1 });
  await report(10, 'ONLINE_OFFLINE', 4, { corrects: 1 });
  await count();
  await publish();
  const back = { production: null, returnToWork: null };
  expect((await ask(field)).resumptionBySize.slice(0, 2)).toEqual([
    { size: 'MICRO', suppressed: 'PROTECTS_OTHERS', ...back },
    { size: 'SMALL', suppressed: 'BELOW_THRESHOLD', ...back },
  ]);
  expect((await ask(field, officer('zone_teda'))).resumptionBySize[1]).toMatchObject({
    suppressed: null,
    production: { numerator: 2, denominator: 8 },
  });
});

test('strangers see no breakdown by mode or rate of a day that is not published', async () => {
  await report(10, 'ON_SITE', 4, { corrects: 1 });
  await count();
  const fields = `enterpriseCounts(by: MODE, on: "${MONDAY}") { enterprises ${CELL} }
    resumptionBySector(on: "${MONDAY}") { suppressed production { numerator } returnToWork { numerator } }
    resumptionBySize(on: "${MONDAY}") { suppressed production { numerator } returnToWork { numerator } }`;
  const { enterpriseCounts, resumptionBySector, resumptionBySize } = await ask(fields);
  const back = { value: null, suppressed: 'NOT_PUBLISHED' };
  expect(enterpriseCounts).toEqual(OPERATION_MODES.map(() => ({ enterprises: back })));
  const without = { suppressed: 'NOT_PUBLISHED', production: null, returnToWork: null };
  expect(resumptionBySector).toEqual(Object.keys(ALL).map(() => without));
  expect(resumptionBySize).toEqual([without, without, without, without]);
  const seen = await ask(fields, officer('zone_teda'));
  expect(seen.enterpriseCounts.map(({ enterprises: cell }: { enterprises: Cell }) => shown(cell))).toEqual([4, 3, 10]);
});

test('strangers see neither the rates of a sector with one large enterprise nor what gives them away', async () => {
  await report(0, 'ON_SITE', 800, { staffTotal: 900, corrects: 1 });
  await count();
  await publish();
  const { resumptionBySector, resumptionBySize, staffByMode } = await ask(
    `resumptionBySector { sector suppressed } resumptionBySize { suppressed } staffByMode { mode staff ${CELL} }`,
  );
  const reasons = resumptionBySector.map((row: { sector: string; suppressed: string }) => [row.sector, row.suppressed]);
  expect(Object.fromEntries(reasons)).toMatchObject({ DIGITAL_ECONOMY: 'DOMINATED', OTHER: 'PROTECTS_OTHERS' });
  expect(shown(staffByMode[0].staff)).toBe('DOMINATED');
  expect(resumptionBySize.slice(0, 2)).toEqual([{ suppressed: 'DOMINATED' }, { suppressed: 'PROTECTS_OTHERS' }]);
});

test('a new sector counts from today on, and earlier days keep the old one', async () => {
  const change = { enterprise: enterprises[0], version: 1, sector: 'NEW_MATERIALS' };
  await mutate('changeEnterprise', 'ChangeEnterpriseInput', change, officer('zone_teda'));
  await count();
  expect(await bySector(ADMIN)).toEqual(ALL);
  const today = { ...ALL, DIGITAL_ECONOMY: 5, NEW_MATERIALS: 4 };
  expect(await bySector(ADMIN, '2020-03-17')).toEqual(today);
  // Leaving takes it from the sector that it has.
  const left = { enterprise: enterprises[0], version: 2, park, lastDay: '2020-03-18' };
  await mutate('leavePark', 'LeaveParkInput', left, officer('zone_teda'));
  await count();
  expect(await bySector(ADMIN, '2020-03-18')).toEqual(today);
  expect(await bySector(ADMIN, '2020-03-19')).toEqual({ ...ALL, DIGITAL_ECONOMY: 5 });
});

test('breakdowns of two parks take one BatchGet, and a park without figures has none', async () => {
  const fields = `enterpriseCounts(by: SECTOR) { sector } resumptionBySector(on: "${MONDAY}") { sector }
    resumptionBySize(on: "${MONDAY}") { size } staffByMode(on: "${MONDAY}") { mode }`;
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Park { ${fields} } } }`;
  const of = [park, 'park_without-figures'].map((id) => ({ __typename: 'Park', id }));
  let parksRead: unknown;
  const calls = await system.dynamo.during(async () => {
    parksRead = (await execute(query, { of })).data._entities;
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet']);
  expect(parksRead).toMatchObject([
    { staffByMode: [{}, {}, {}] },
    { enterpriseCounts: null, resumptionBySector: null, resumptionBySize: null, staffByMode: null },
  ]);
});
