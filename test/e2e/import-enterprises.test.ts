import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { usccOf } from '../fixtures/enterprise.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A park's office imports a list of enterprises, and later a newer one. */

const ZONE = 'zone_teda';
const OFFICE: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: ZONE, roles: ['REGISTER', 'REPORT'] };

let system: TestSystem;
let execute: Execute;
let park: string;
let parks = 0;
let number = 0;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  const serve = system.serve('enterprises', createEnterprisesSubgraph);
  execute = (query, variables, call) => serve(query, variables, { viewer: OFFICE, ...call });
});
afterAll(() => system.stop());
beforeEach(async () => {
  park = `park_import-${parks++}`;
  await system.write('enterprises', [knownParkItem(park, ZONE)]);
});

const IMPORT = `mutation ($input: ImportEnterprisesInput!) {
  importEnterprises(input: $input) {
    rows {
      line status
      enterprise { id uscc name sector staffCount version residencies { park { id } kind from to } }
      userErrors { code field message }
    }
    userErrors { code field message }
  }
}`;

const row = (change: object = {}) => ({
  uscc: usccOf(number++),
  nameZh: '测试企业',
  nameEn: 'Test Enterprise',
  industryCode: 'I6513',
  sector: 'DIGITAL_ECONOMY',
  sizeClass: 'SMALL',
  staffCount: '12',
  ...change,
});
type Row = ReturnType<typeof row>;

async function importRows(rows: readonly Row[], change: object = {}) {
  const input = {
    idempotencyKey: `import-key-${keys++}`,
    park,
    residentFrom: '2020-02-01',
    rows: rows.map((texts, i) => ({ line: i + 2, ...texts })),
    ...change,
  };
  const { data, errors } = await execute(IMPORT, { input });
  expect(errors).toBeUndefined();
  return data.importEnterprises;
}

const statusesOf = ({ rows }: { rows: { status: string }[] }) => rows.map(({ status }) => status);

/** What the park says after the stream's consumer has counted. */
async function figures() {
  const table = system.table('enterprises');
  const residents = await readRange<PrimaryKey>(table, {
    partition: `PARK#${park}`,
    sort: { beginsWith: 'RESIDENT#' },
  });
  const ids = residents.map(({ sk }) => sk.slice('RESIDENT#'.length));
  const changes = await Promise.all(
    ids.map((id) => readRange<PrimaryKey>(table, { partition: id, sort: { beginsWith: 'CHANGE#' } })),
  );
  await countEvents(table, changes.flat(), NOW);
  const { data } = await execute(`{
    _entities(representations: [{ __typename: "Park", id: "${park}" }]) {
      ... on Park {
        before: enterpriseCount(on: "2020-01-31")
        february: enterpriseCount(on: "2020-02-01")
        all: enterprises(first: 100) { totalCount nodes { id } }
        digital: enterprises(sector: DIGITAL_ECONOMY, first: 100) { totalCount nodes { id } }
        materials: enterprises(sector: NEW_MATERIALS, first: 100) { totalCount nodes { id } }
        small: enterprises(size: SMALL, first: 100) { totalCount nodes { id } }
        february2020: resumption(on: "2020-02-10") { returnToWork { denominator } }
        march2020: resumption(on: "2020-03-10") { returnToWork { denominator } }
      }
    }
  }`);
  return data._entities[0];
}

test('each row is accepted or refused by itself, with its reason', async () => {
  const twice = row();
  const result = await importRows([
    row({ nameJa: 'テスト企業' }),
    row({ uscc: '91120116QK0000000X' }),
    row({ sector: 'CAVIAR', staffCount: 'some' }),
    twice,
    twice,
  ]);
  expect(result.userErrors).toEqual([]);
  expect(statusesOf(result)).toEqual(['CREATED', 'REFUSED', 'REFUSED', 'CREATED', 'REFUSED']);
  expect(result.rows[0]).toMatchObject({
    line: 2,
    enterprise: {
      name: 'Test Enterprise',
      version: 1,
      residencies: [{ park: { id: park }, kind: 'OPERATING', from: '2020-02-01', to: null }],
    },
  });
  const errors = result.rows.map(({ userErrors }: { userErrors: { code: string; field: string[] | null }[] }) =>
    userErrors.map(({ code, field }) => `${code} ${field}`),
  );
  expect(errors).toEqual([[], ['INVALID uscc'], ['INVALID sector', 'INVALID staffCount'], [], ['INVALID uscc']]);
});

test('the same rows again change nothing, under the same key or another', async () => {
  const rows = [row(), row()];
  const first = await importRows(rows, { idempotencyKey: 'import-twice' });
  const again = await importRows(rows, { idempotencyKey: 'import-twice' });
  const third = await importRows(rows);
  expect(statusesOf(first)).toEqual(['CREATED', 'CREATED']);
  expect(statusesOf(again)).toEqual(['UNCHANGED', 'UNCHANGED']);
  expect(third.rows.map(({ enterprise }: { enterprise: object }) => enterprise)).toEqual(
    first.rows.map(({ enterprise }: { enterprise: object }) => enterprise),
  );
});

test('a key that came with other rows refuses the call', async () => {
  await importRows([row()], { idempotencyKey: 'import-reused' });
  expect(await importRows([row()], { idempotencyKey: 'import-reused' })).toMatchObject({
    rows: null,
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
  });
});

test('an unknown park, no rows and too many refuse the call', async () => {
  const refused = async (rows: Row[], change: object) => (await importRows(rows, change)).userErrors[0];
  expect(await refused([row()], { park: 'park_nowhere' })).toMatchObject({ code: 'NOT_FOUND', field: ['park'] });
  expect(await refused([], {})).toMatchObject({ code: 'INVALID', field: ['rows'] });
  expect(await refused(Array(201).fill(row()), {})).toMatchObject({ code: 'INVALID', field: ['rows'] });
});

test('a newer row changes the enterprise, its place in the lists, and its staff from that day on', async () => {
  const first = row();
  const created = await importRows([first, row()]);
  expect(await figures()).toMatchObject({
    before: 0,
    february: 2,
    all: { totalCount: 2 },
    digital: { totalCount: 2 },
    materials: { totalCount: 0, nodes: [] },
    february2020: { returnToWork: { denominator: 24 } },
    march2020: { returnToWork: { denominator: 24 } },
  });

  const changed = await importRows([{ ...first, sector: 'NEW_MATERIALS', staffCount: '20' }], {
    residentFrom: '2020-03-01',
  });
  const { id } = created.rows[0].enterprise;
  expect(changed.rows[0]).toMatchObject({
    status: 'UPDATED',
    enterprise: {
      id,
      version: 2,
      // Nobody has confirmed the registration: it is seen in the park's figures below.
      staffCount: null,
      residencies: [
        { from: '2020-03-01', to: null },
        { from: '2020-02-01', to: '2020-02-29' },
      ],
    },
  });
  expect(await figures()).toMatchObject({
    february: 2,
    all: { totalCount: 2 },
    digital: { totalCount: 1 },
    materials: { totalCount: 1, nodes: [{ id }] },
    small: { totalCount: 2 },
    february2020: { returnToWork: { denominator: 24 } },
    march2020: { returnToWork: { denominator: 32 } },
  });
});

test('days that an enterprise has reported keep the stay that they were reported under', async () => {
  const first = row();
  const { rows } = await importRows([first]);
  const enterprise = rows[0].enterprise.id;
  expect((await report(enterprise, '2020-03-10')).data.reportOperations.userErrors).toEqual([]);
  const changed = { ...first, staffCount: '20' };
  expect((await importRows([changed], { residentFrom: '2020-03-10' })).rows[0]).toMatchObject({
    status: 'REFUSED',
    userErrors: [{ code: 'NOT_ALLOWED', field: null }],
  });
  expect(statusesOf(await importRows([changed], { residentFrom: '2020-03-11' }))).toEqual(['UPDATED']);

  // A report that comes between an import's reading and its commit: the import reads again, and is refused.
  const imported = await importRowsAfter(() => report(enterprise, '2020-03-16'))([{ ...first, staffCount: '30' }], {
    residentFrom: '2020-03-15',
  });
  expect(statusesOf(imported)).toEqual(['REFUSED']);
});

test('a report whose stay is changed while it is decided counts by the stay as it is then', async () => {
  const first = row();
  const { rows } = await importRows([first]);
  const { id } = rows[0].enterprise;
  system.dynamo.beforeNextTransaction(() =>
    importRows([{ ...first, staffCount: '20' }], { residentFrom: '2020-03-01' }),
  );
  expect((await report(id, '2020-03-10')).data.reportOperations.userErrors).toEqual([]);
  const event = await readItem<PrimaryKey>(
    system.table('enterprises'),
    enterpriseKeys.reportVersion(id, '2020-03-10', 1),
  );
  expect(event).toMatchObject({ after: { registeredStaff: 20 } });
});

const REPORT = `mutation ($input: ReportOperationsInput!) {
  reportOperations(input: $input) { reports { version } userErrors { code } }
}`;

function report(enterprise: string, on: string) {
  const reports = [{ enterprise, on, mode: 'ON_SITE', staffTotal: 12, staffReturned: 9 }];
  const viewer: Viewer = { kind: 'clerk', person: 'k-1', enterprise };
  return execute(REPORT, { input: { idempotencyKey: `report-key-${keys++}`, reports } }, { viewer });
}

/** Imports, with something happening just before the rows are committed (the first transaction claims the key). */
function importRowsAfter(run: () => Promise<unknown>) {
  return (rows: readonly Row[], change: object) => {
    system.dynamo.beforeNextTransaction(async () => system.dynamo.beforeNextTransaction(run));
    return importRows(rows, change);
  };
}

test('two who import the same new enterprise at once make one of it', async () => {
  const one = row();
  const both = await Promise.all([importRows([one]), importRows([one])]);
  const ids = new Set(both.map(({ rows }) => rows[0].enterprise.id));
  expect(ids.size).toBe(1);
  expect(both.flatMap(statusesOf).sort()).toEqual(['CREATED', 'UNCHANGED']);
  expect(await figures()).toMatchObject({ all: { totalCount: 1 } });
});

test('200 rows go into few transactions, and a row that fails holds up no other', async () => {
  const rows = Array.from({ length: 200 }, () => row());
  const rival = rows[7]!;
  const calls = await system.dynamo.during(async () => {
    const result = await importRowsAfter(() => importRows([rival]))(rows, {});
    const statuses: string[] = statusesOf(result);
    expect(statuses.filter((status) => status === 'CREATED')).toHaveLength(199);
    expect(statuses[7]).toBe('UNCHANGED');
  });
  expect(calls.filter(({ command }) => command === 'TransactWrite').length).toBeLessThan(30);
  expect(calls.length).toBeLessThan(45);
  expect(calls.map(({ command }) => command)).not.toContain('Scan');
});
