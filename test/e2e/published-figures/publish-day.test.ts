import type { OfficerRole, Viewer } from '../../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../../src/resolvers/enterprises/index.ts';
import { readRange } from '../../../src/storage/dynamodb/read.ts';
import { knownParkItem } from '../../../src/storage/enterprises/make-items.ts';
import { countEvents } from '../../../src/storage/enterprises/published-figures/count-events.ts';
import type { PrimaryKey } from '../../../src/storage/tables.ts';
import { enterpriseOf, itemsOf, usccOf } from '../../fixtures/enterprise.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../../harness.ts';

/** Li of the park's office publishes yesterday's figures; within the week she may publish them again, and after it nobody. */

const DAY = '2020-03-16';
const officer = (zone: string, ...roles: OfficerRole[]): Viewer => ({
  kind: 'officer',
  person: 'li',
  agency: 'PARK',
  zone,
  roles,
});
const LI = officer('zone_teda', 'PUBLISH_FIGURES');
const daysLater = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

let system: TestSystem;
let execute: Execute;
let park: string;
let enterprise: string;
let number = 500;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  execute = system.serve('enterprises', createEnterprisesSubgraph);
});
afterAll(() => system.stop());
beforeEach(async () => {
  park = `park_publish-${number}`;
  const stay = { parkId: park, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 } as const;
  const record = enterpriseOf(number++, { residencies: [stay] });
  enterprise = record.id;
  await system.write('enterprises', [knownParkItem(park, 'zone_teda'), ...itemsOf(record)]);
  await report(8, null);
});

async function report(staffReturned: number, corrects: number | null, now = NOW) {
  const reports = [{ enterprise, on: DAY, mode: 'ON_SITE', staffTotal: 10, staffReturned, corrects }];
  const { data } = await execute(
    'mutation ($input: ReportOperationsInput!) { reportOperations(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: `report-${keys++}-key`, reports } },
    { viewer: { kind: 'clerk', person: 'wang', enterprise }, now },
  );
  const events = await readRange<PrimaryKey>(system.table('enterprises'), { partition: enterprise });
  await countEvents(
    system.table('enterprises'),
    events.filter(({ sk }) => sk.startsWith('REPORTED#') || sk.startsWith('CHANGE#')),
    now,
  );
  return data.reportOperations.userErrors;
}

async function publish(change: object = {}, viewer = LI, now = NOW) {
  const input = { idempotencyKey: `publish-${keys++}-key`, park, on: DAY, seen: '1+0/1 8/10 1', ...change };
  const { data, errors } = await execute(
    `mutation ($input: PublishDayInput!) {
      publishDay(input: $input) { resumption { revision status returnToWork { numerator } } userErrors { code field } }
    }`,
    { input },
    { viewer, now },
  );
  expect(errors).toBeUndefined();
  return data.publishDay;
}

async function shown(now: Date, asOf: Date | null = null) {
  const { data } = await execute(
    `query ($asOf: DateTime) {
      _entities(representations: [{ __typename: "Park", id: "${park}" }]) {
        ... on Park {
          resumption(on: "${DAY}", asOf: $asOf) {
            revision status differs fingerprint returnToWork { numerator } revisions { revision returnToWork { numerator } }
          }
        }
      }
    }`,
    { asOf: asOf?.toISOString() ?? null },
    { now },
  );
  return data._entities[0].resumption;
}

test('publishes what was seen, and a day later again what has changed', async () => {
  expect(await publish()).toEqual({
    resumption: { revision: 1, status: 'PUBLISHED', returnToWork: { numerator: 8 } },
    userErrors: [],
  });
  expect(await report(9, 1, daysLater(1))).toEqual([]);
  expect(await shown(daysLater(1))).toMatchObject({ revision: 1, differs: true, returnToWork: { numerator: 8 } });
  expect(await publish({}, LI, daysLater(1))).toMatchObject({
    userErrors: [{ code: 'VERSION_CONFLICT', field: ['seen'] }],
  });
  expect(await publish({ seen: '1+0/1 9/10 1' }, LI, daysLater(2))).toMatchObject({ resumption: { revision: 2 } });
  expect(await shown(daysLater(3), daysLater(1))).toMatchObject({ revision: 1, returnToWork: { numerator: 8 } });
  expect(await shown(daysLater(3))).toMatchObject({
    revision: 2,
    differs: false,
    revisions: [
      { revision: 2, returnToWork: { numerator: 9 } },
      { revision: 1, returnToWork: { numerator: 8 } },
    ],
  });
});

test('closes the day when the grace time has ended: to reports, imports and publications', async () => {
  await publish();
  const later = daysLater(7);
  expect(await report(9, 1, new Date(later.getTime() - 1))).toEqual([]);
  expect(await report(7, 2, later)).toEqual([{ code: 'DAY_CLOSED' }]);
  expect(await publish({ seen: '1+0/1 9/10 1' }, LI, later)).toMatchObject({ userErrors: [{ code: 'DAY_CLOSED' }] });
  expect(await shown(later)).toMatchObject({
    status: 'CLOSED',
    revision: 1,
    differs: true,
    returnToWork: { numerator: 8 },
  });
});

test('publishes once under one key, also when the first answer was lost', async () => {
  const key = { idempotencyKey: 'the-same-key' };
  system.dynamo.loseAnswers(3);
  const first = await publish(key);
  expect(await publish(key)).toEqual(first);
  expect(await publish({ ...key, on: '2020-03-15' })).toMatchObject({
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
  });
  expect(await publish()).toMatchObject({ userErrors: [{ code: 'ALREADY_EXISTS' }] });
});

test.each([
  ['another zone’s officer', {}, officer('zone_baodi', 'PUBLISH_FIGURES'), 'NOT_ALLOWED'],
  ['a day to come', { on: '2020-03-18' }, LI, 'NOT_ALLOWED'],
  ['a day longer ago than the days of grace', { on: '2020-03-09' }, LI, 'NOT_ALLOWED'],
  ['figures that nobody saw', { seen: '1+0/1 10/10 1' }, LI, 'VERSION_CONFLICT'],
])('refuses %s', async (_, change, viewer, code) => {
  expect(await publish(change, viewer)).toMatchObject({ resumption: null, userErrors: [{ code }] });
  expect(await shown(NOW)).toMatchObject({ status: 'OPEN', revision: null });
});

describe('in a park without days of grace, a day that is published and closed between reading and writing', () => {
  beforeEach(async () => {
    await system.write('enterprises', [{ ...knownParkItem(park, 'zone_teda'), graceDays: 0 } as PrimaryKey]);
  });

  test('takes no report that was decided before', async () => {
    let published: unknown;
    system.dynamo.beforeNextTransaction(async () => {
      published = await publish();
    });
    const answered = await report(9, 1);
    expect(published).toMatchObject({ resumption: { revision: 1, status: 'CLOSED' } });
    expect(answered).toEqual([{ code: 'DAY_CLOSED' }]);
    expect(await shown(NOW)).toMatchObject({ revision: 1, differs: false, returnToWork: { numerator: 8 } });
  });

  test('takes no import that was decided before', async () => {
    const rows = [
      {
        line: 1,
        uscc: usccOf(800_000 + number),
        nameZh: '测试企业',
        industryCode: 'I6513',
        sector: 'DIGITAL_ECONOMY',
        sizeClass: 'SMALL',
        staffCount: '10',
      },
    ];
    // The first transaction notes the key.
    system.dynamo.beforeNextTransaction(async () => system.dynamo.beforeNextTransaction(() => publish()));
    const { data } = await execute(
      `mutation ($input: ImportEnterprisesInput!) {
        importEnterprises(input: $input) { rows { status userErrors { code } } }
      }`,
      { input: { idempotencyKey: `import-${keys++}-key`, park, residentFrom: '2020-03-01', rows } },
      { viewer: officer('zone_teda', 'REGISTER') },
    );
    expect(data.importEnterprises.rows).toEqual([{ status: 'REFUSED', userErrors: [{ code: 'DAY_CLOSED' }] }]);
  });
});
