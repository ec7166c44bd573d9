import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { MAX_TRIES } from '../../src/storage/dynamodb/client/dynamo.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseOf, itemsOf, PARK } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A clerk reports how far the enterprise is back at work. */

let system: TestSystem;
let serve: Execute;
/** By the enterprise's clerk, where nothing else is said. */
const execute: Execute = (query, variables, call) =>
  serve(query, variables, { viewer: { kind: 'clerk', person: 'clerk-1', enterprise }, ...call });
const OFFICE: Viewer = { kind: 'officer', person: 'officer-1', agency: 'PARK', zone: 'zone_teda', roles: ['REPORT'] };
let number = 0;
/** The enterprise of the story at hand: each has its own. */
let enterprise: string;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda')]);
});
afterAll(() => system.stop());
beforeEach(async () => {
  const record = enterpriseOf(number++);
  enterprise = record.id;
  await system.write('enterprises', itemsOf(record));
});

const REPORT = `mutation ($input: ReportOperationsInput!) {
  reportOperations(input: $input) {
    reports { id enterprise { id } on mode staffTotal staffReturned version reportedAt }
    userErrors { code field message }
  }
}`;
const STORED = `query ($id: ID!) {
  enterprise(id: $id) {
    operationReports(from: "2020-01-01", to: "2020-12-31") { on mode staffTotal staffReturned version }
  }
}`;

let keys = 0;
const newKey = () => `story-key-${keys++}`;
const DAY = { on: '2020-03-16', mode: 'ON_SITE', staffTotal: 10, staffReturned: 8 };

async function report(change: object = {}, idempotencyKey = newKey(), call = {}) {
  const input = { idempotencyKey, reports: [{ enterprise, ...DAY, ...change }] };
  const answer = await execute(REPORT, { input }, call);
  expect(answer.errors).toBeUndefined();
  return answer.data.reportOperations;
}

async function stored() {
  return (await execute(STORED, { id: enterprise })).data.enterprise.operationReports;
}

test('the first report of a day is version 1, in two reads and one transaction', async () => {
  const calls = await system.dynamo.during(async () => {
    const { reports, userErrors } = await report();
    expect(userErrors).toEqual([]);
    expect(reports).toEqual([
      {
        ...DAY,
        id: `${enterprise}.2020-03-16`,
        enterprise: { id: enterprise },
        version: 1,
        reportedAt: '2020-03-17T02:00:00.000Z',
      },
    ]);
  });
  // The last one is for the enterprise that the payload asks for.
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'TransactWrite', 'BatchGet']);
  expect(await stored()).toEqual([{ ...DAY, version: 1 }]);
});

test('a correction names the version that it corrects, and is a new one', async () => {
  await report();
  const { reports } = await report({ staffReturned: 9, corrects: 1 });
  expect(reports).toMatchObject([{ staffReturned: 9, version: 2 }]);
  expect(await stored()).toEqual([{ ...DAY, staffReturned: 9, version: 2 }]);
});

test('a second report of the day that corrects nothing is refused, and so is one that corrects an older version', async () => {
  await report();
  expect(await report({ staffReturned: 9 })).toMatchObject({
    reports: null,
    userErrors: [{ code: 'ALREADY_EXISTS', field: ['reports', '0', 'corrects'] }],
  });
  await report({ corrects: 1 });
  expect(await report({ corrects: 1 })).toMatchObject({
    reports: null,
    userErrors: [{ code: 'VERSION_CONFLICT', field: ['reports', '0', 'corrects'] }],
  });
  expect(await stored()).toEqual([{ ...DAY, version: 2 }]);
});

test('the same key with the same input has the same answer, also after a later correction', async () => {
  const first = await report({}, 'key-that-is-repeated');
  await report({ corrects: 1, staffReturned: 10 });
  const again = await report({}, 'key-that-is-repeated', { now: new Date('2020-03-18T00:00:00.000Z') });
  expect(again).toEqual(first);
  expect(await stored()).toMatchObject([{ version: 2, staffReturned: 10 }]);
});

test('the same key with another input is refused, and nothing is written', async () => {
  await report({}, 'key-that-is-reused');
  expect(await report({ staffReturned: 1, corrects: 1 }, 'key-that-is-reused')).toMatchObject({
    reports: null,
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
  });
  expect(await stored()).toMatchObject([{ version: 1 }]);
});

test('a key is free again after a week, though DynamoDB has not deleted its record', async () => {
  await report({}, 'key-of-last-week');
  const { reports } = await report({ corrects: 1, staffReturned: 1 }, 'key-of-last-week', {
    now: new Date('2020-03-25T02:00:00.000Z'),
  });
  expect(reports).toMatchObject([{ version: 2 }]);
});

test('of two who report a day at once, one is told that the other was first', async () => {
  const answers = await Promise.all([report({ staffReturned: 1 }), report({ staffReturned: 2 })]);
  const refused = answers.filter(({ reports }) => reports === null);
  expect(refused).toHaveLength(1);
  expect(['VERSION_CONFLICT', 'ALREADY_EXISTS']).toContain(refused[0].userErrors[0].code);
  expect(await stored()).toHaveLength(1);
});

test('who reads before and commits after another one is refused by the transaction', async () => {
  system.dynamo.beforeNextTransaction(() => report({ staffReturned: 1 }));
  expect(await report({ staffReturned: 2 })).toMatchObject({
    reports: null,
    userErrors: [{ code: 'VERSION_CONFLICT', field: ['reports', '0', 'corrects'] }],
  });
  expect(await stored()).toMatchObject([{ version: 1, staffReturned: 1 }]);
});

test('two days of one enterprise, reported at once, are both taken', async () => {
  system.dynamo.beforeNextTransaction(() => report({ on: '2020-03-15' }));
  expect(await report()).toMatchObject({ userErrors: [] });
  expect(await stored()).toMatchObject([{ on: '2020-03-15' }, { on: '2020-03-16' }]);
});

test('one transaction takes all reports of a call or none, and says all that is wrong', async () => {
  const input = {
    idempotencyKey: newKey(),
    reports: [
      { enterprise, ...DAY },
      { enterprise, ...DAY, on: '2020-03-15', staffReturned: 11 },
      { enterprise, ...DAY, on: '2020-03-20' },
      { enterprise, ...DAY, on: '2019-12-31' },
      { enterprise: 'ent_01E3CX0000000000000000000X', ...DAY },
      { enterprise, ...DAY },
      { enterprise, ...DAY, on: '2020-03-14', mode: 'NOT_RESUMED' },
    ],
  };
  const { data } = await execute(REPORT, { input }, { viewer: OFFICE });
  const errors: { code: string; field: string[] }[] = data.reportOperations.userErrors;
  expect(data.reportOperations.reports).toBeNull();
  expect(errors.map(({ code, field }) => [code, field.join('.')])).toEqual([
    ['INVALID', 'reports.1.staffReturned'],
    ['NOT_ALLOWED', 'reports.2.on'],
    ['NOT_ALLOWED', 'reports.3.on'],
    ['NOT_FOUND', 'reports.4.enterprise'],
    ['INVALID', 'reports.5.on'],
    ['INVALID', 'reports.6.staffReturned'],
  ]);
  expect(await stored()).toEqual([]);
});

test('25 days of 25 enterprises go into one transaction', async () => {
  const records = Array.from({ length: 25 }, (_, i) => enterpriseOf(1000 + i));
  for (const record of records) await system.write('enterprises', itemsOf(record));
  const reports = records.map(({ id }) => ({ ...DAY, enterprise: id }));
  const { data } = await execute(REPORT, { input: { idempotencyKey: newKey(), reports } }, { viewer: OFFICE });
  expect(data.reportOperations.reports).toHaveLength(25);
  const tooMany = { idempotencyKey: newKey(), reports: [...reports, { enterprise, ...DAY }] };
  expect(
    (await execute(REPORT, { input: tooMany }, { viewer: OFFICE })).data.reportOperations.userErrors,
  ).toMatchObject([{ code: 'INVALID', field: ['reports'] }]);
  const strange = { idempotencyKey: newKey(), reports: [{ ...DAY, enterprise: 'x'.repeat(5_000) }] };
  expect(
    (await execute(REPORT, { input: strange }, { viewer: OFFICE })).data.reportOperations.userErrors,
  ).toMatchObject([{ code: 'NOT_FOUND', field: ['reports', '0', 'enterprise'] }]);
});

const FOREIGN = { reports: null, userErrors: [{ code: 'NOT_ALLOWED', field: ['reports', '0', 'enterprise'] }] };

test.each<[string, Viewer]>([
  ['another enterprise’s clerk', { kind: 'clerk', person: 'clerk-2', enterprise: 'ent_01E3CX0000000000000000000X' }],
  ['an officer of another zone', { ...OFFICE, zone: 'zone_baodi' }],
])('%s may not report for it, and sees no report', async (_, viewer) => {
  await report();
  expect(await report({ on: '2020-03-15' }, newKey(), { viewer })).toMatchObject(FOREIGN);
  expect((await serve(STORED, { id: enterprise }, { viewer })).data).toEqual({
    enterprise: { operationReports: null },
  });
  expect(await stored()).toHaveLength(1);
});

test.each<[string, Viewer]>([
  ['an officer without the role', { ...OFFICE, roles: ['REGISTER', 'TRACK'] } as Viewer],
  ['a partner', { kind: 'partner', zone: 'zone_teda', key: 'key-1' }],
  ['an analyst', { kind: 'analyst', person: 'analyst-1' }],
  ['an admin', { kind: 'admin', person: 'admin-1' }],
  ['nobody in particular', { kind: 'anonymous' }],
])('%s reports for nobody', async (_, viewer) => {
  await report();
  const input = { idempotencyKey: newKey(), reports: [{ ...DAY, enterprise, on: '2020-03-15' }] };
  const { data, errors } = await execute(REPORT, { input }, { viewer });
  expect(data.reportOperations).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(await stored()).toHaveLength(1);
});

test('the park’s office reports for it, and reads its reports with the zone that answers for it', async () => {
  expect(await report({}, newKey(), { viewer: OFFICE })).toMatchObject({ reports: [{ version: 1 }], userErrors: [] });
  const calls = await system.dynamo.during(async () => {
    const { data } = await serve(STORED, { id: enterprise }, { viewer: OFFICE });
    expect(data.enterprise.operationReports).toHaveLength(1);
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'Query']);
});

test.each(['short', 'k'.repeat(65)])('a key has 8 to 64 characters: %s', async (key) => {
  expect(await report({}, key)).toMatchObject({ userErrors: [{ code: 'INVALID', field: ['idempotencyKey'] }] });
});

describe('when DynamoDB has a bad day', () => {
  test('collisions and throttling are tried again', async () => {
    system.dynamo.conflict(2);
    system.dynamo.throttle('TransactWrite', 2);
    expect(await report()).toMatchObject({ userErrors: [] });
    expect(await stored()).toHaveLength(1);
  });

  test.each([1, MAX_TRIES])('an answer that is lost %d times after the commit is found again', async (times) => {
    const before = system.dynamo.answersLost();
    system.dynamo.loseAnswers(times);
    expect(await report()).toMatchObject({ reports: [{ version: 1 }], userErrors: [] });
    expect(system.dynamo.answersLost() - before).toBe(times);
    expect(await stored()).toMatchObject([{ version: 1 }]);
  });

  test('keys that were left unprocessed are asked for again', async () => {
    system.dynamo.leaveUnprocessed(2);
    expect(await report()).toMatchObject({ reports: [{ version: 1 }] });
  });

  test('at the deadline a collision that lasts is told as such, and nothing is written', async () => {
    system.dynamo.conflict(1_000);
    const deadline = Date.now() + 300;
    const input = { idempotencyKey: newKey(), reports: [{ enterprise, ...DAY }] };
    const { errors } = await execute(REPORT, { input }, { deadline });
    system.dynamo.conflict(0);
    expect(errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    expect(await stored()).toEqual([]);
  });

  test('a commit that is under way at the deadline is left to end, and its outcome called unknown', async () => {
    const input = { idempotencyKey: newKey(), reports: [{ enterprise, ...DAY }] };
    const deadline = Date.now() + 400;
    const slow = Promise.withResolvers<void>();
    system.dynamo.beforeNextTransaction(() => slow.promise);
    const { errors } = await execute(REPORT, { input }, { deadline });
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
    slow.resolve();
    const { data } = await execute(REPORT, { input });
    expect(data.reportOperations).toMatchObject({ reports: [{ version: 1 }], userErrors: [] });
  });
});
