import { connect, openTable } from '../../../src/storage/dynamodb/connection.ts';
import { readRange } from '../../../src/storage/dynamodb/read.ts';
import { countEvents } from '../../../src/storage/enterprises/published-figures/count-events.ts';
import type { PrimaryKey } from '../../../src/storage/tables.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../../demo-system.ts';
import { usccOf } from '../../fixtures/enterprise.ts';
import { callOf } from '../../harness.ts';

/** The story's figures stand, whatever an officer imports or reports for the days that are closed. */

const PARK = 'park_binhai-zhongguancun';
const OFFICER: Bearer = { as: 'officer', zone: 'zone_teda' };

let system: DemoSystem;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
});
afterAll(() => system.stop());

async function headline() {
  const { park } = await system.ask(
    `query ($id: ID!) {
      park(id: $id) {
        resumption(on: "2020-03-16") {
          production { numerator denominator rate }
          returnToWork { numerator denominator rate }
        }
      }
    }`,
    { id: PARK },
  );
  return park.resumption;
}

const HEADLINE = {
  production: { numerator: 206, denominator: 236, rate: '87.2' },
  returnToWork: { numerator: 5669, denominator: 6750, rate: '83.9' },
};

/** Counts what the stream would tell of the enterprises that answered. */
async function countAll(ids: readonly string[]) {
  const table = openTable(connect(system.config), 'enterprises', { ...callOf(), owner: 'test' });
  for (const id of ids) {
    const events = await readRange<PrimaryKey & { type: string }>(table, { partition: id });
    const uncounted = events.filter(({ type }) => type === 'EnterpriseChanged' || type === 'OperationReported');
    await countEvents(table, uncounted, new Date());
  }
}

test('fifty invented enterprises of an earlier year do not change a closed day', async () => {
  expect(await headline()).toEqual(HEADLINE);
  const rows = Array.from({ length: 50 }, (_, i) => ({
    line: i + 2,
    uscc: usccOf(900_000 + i),
    nameZh: `虚构企业${i}`,
    industryCode: 'I6513',
    sector: 'DIGITAL_ECONOMY',
    sizeClass: 'SMALL',
    staffCount: '12',
  }));
  const { importEnterprises } = await system.ask(
    `mutation ($input: ImportEnterprisesInput!) {
      importEnterprises(input: $input) { rows { status enterprise { id } userErrors { code message } } }
    }`,
    { input: { idempotencyKey: 'fifty-invented', park: PARK, residentFrom: '2019-01-01', rows } },
    OFFICER,
  );
  const imported = importEnterprises.rows.flatMap((row: { enterprise: { id: string } | null }) => row.enterprise ?? []);
  await countAll(imported.map(({ id }: { id: string }) => id));
  expect(await headline()).toEqual(HEADLINE);
  for (const { status, userErrors } of importEnterprises.rows) {
    expect({ status, userErrors }).toMatchObject({ status: 'REFUSED', userErrors: [{ code: 'DAY_CLOSED' }] });
  }
});

test('a correction of a closed day is refused to a clerk, and the day after it is taken', async () => {
  const { enterprises } = await system.ask(
    `{ enterprises(park: "${PARK}", first: 1) { nodes { id staffCount } } }`,
    {},
    OFFICER,
  );
  const [{ id, staffCount }] = enterprises.nodes;
  const report = async (on: string, corrects: number | null) => {
    const { reportOperations } = await system.ask(
      `mutation ($input: ReportOperationsInput!) {
        reportOperations(input: $input) { reports { version } userErrors { code field message } }
      }`,
      {
        input: {
          idempotencyKey: `one-report-${on}`,
          reports: [{ enterprise: id, on, mode: 'ON_SITE', staffTotal: staffCount, staffReturned: 1, corrects }],
        },
      },
      { as: 'clerk', enterprise: id },
    );
    return reportOperations;
  };
  expect(await report('2020-03-16', 1)).toEqual({
    reports: null,
    userErrors: [
      {
        code: 'DAY_CLOSED',
        field: ['reports', '0', 'on'],
        message: 'This would change the published figures of 2020-03-16, which are closed. Propose a correction.',
      },
    ],
  });
  expect(await report('2020-03-17', null)).toEqual({ reports: [{ version: 1 }], userErrors: [] });
  await countAll([id]);
  expect(await headline()).toEqual(HEADLINE);
});

test('the day says that it is closed, by which revision, and what was current before it was published', async () => {
  const { park } = await system.ask(
    `query ($id: ID!) {
      park(id: $id) {
        now: resumption(on: "2020-03-16") {
          status revision publishedAt closesAt fingerprint differs
          revisions { revision kind at production { numerator denominator } reported }
        }
        thatEvening: resumption(on: "2020-03-16", asOf: "2020-03-16T14:00:00Z") { revision }
        onTheDayOfTheNews: resumption(on: "2020-03-16", asOf: "2020-03-18T00:00:00Z") {
          status revision production { rate } returnToWork { rate }
        }
        open: resumption(on: "2020-03-18") { status revision publishedAt revisions { at } }
        resumptionSeries(from: "2020-03-15", to: "2020-03-17") { on status }
      }
    }`,
    { id: PARK },
  );
  expect(park.now).toMatchObject({
    status: 'CLOSED',
    revision: 1,
    publishedAt: '2020-03-17T02:00:00.000Z',
    closesAt: '2020-03-24T02:00:00.000Z',
    fingerprint: expect.stringMatching(/^156\+50\/236 5669\/6750 \d+$/),
    differs: false,
    revisions: [{ revision: 1, kind: 'PUBLICATION', production: { numerator: 206, denominator: 236 } }],
  });
  expect(park.thatEvening).toBeNull();
  expect(park.onTheDayOfTheNews).toEqual({
    status: 'PUBLISHED',
    revision: 1,
    production: { rate: '87.2' },
    returnToWork: { rate: '83.9' },
  });
  expect(park.open).toEqual({ status: 'OPEN', revision: null, publishedAt: null, revisions: [] });
  expect(park.resumptionSeries).toEqual([
    { on: '2020-03-15', status: 'CLOSED' },
    { on: '2020-03-16', status: 'CLOSED' },
    { on: '2020-03-17', status: 'OPEN' },
  ]);
});

test('two officers of the park correct the headline, and what the news said stays readable', async () => {
  const { park } = await system.ask(
    `query ($id: ID!) { park(id: $id) { enterprises(first: 1) { nodes { id staffCount } } } }`,
    { id: PARK },
    OFFICER,
  );
  const [{ id, staffCount }] = park.enterprises.nodes;
  const { enterprise } = await system.ask(
    `query ($id: ID!) {
      enterprise(id: $id) { operationReports(from: "2020-03-16", to: "2020-03-16") { staffReturned version } }
    }`,
    { id },
    { as: 'clerk', enterprise: id },
  );
  const [{ staffReturned, version }] = enterprise.operationReports;
  const figures: Bearer = { as: 'officer', person: 'officer-figures' };
  const acceptance: Bearer = { as: 'officer', person: 'officer-acceptance' };
  const report = { enterprise: id, on: '2020-03-16', mode: 'ON_SITE', staffTotal: staffCount, corrects: version };
  const { proposeCorrection } = await system.ask(
    `mutation ($input: ProposeCorrectionInput!) {
      proposeCorrection(input: $input) { proposal { id } userErrors { code message } }
    }`,
    {
      input: {
        idempotencyKey: 'one-less-returned',
        park: PARK,
        reason: 'One of them was counted twice.',
        reports: [{ ...report, staffReturned: staffReturned - 1 }],
      },
    },
    figures,
  );
  expect(proposeCorrection.userErrors).toEqual([]);
  const input = { park: PARK, proposal: proposeCorrection.proposal.id, version: 1, idempotencyKey: 'accept-one-less' };
  const accept = (bearer: Bearer) =>
    system.answer(
      `mutation ($input: DecideFiguresInput!) { acceptFigures(input: $input) { proposal { state } userErrors { code } } }`,
      { input },
      bearer,
    );
  expect((await accept(figures)).errors).toBeDefined();
  expect((await accept(acceptance)).data).toEqual({
    acceptFigures: { proposal: { state: 'APPLIED' }, userErrors: [] },
  });
  await countAll([id]);
  expect(await headline()).toEqual({
    ...HEADLINE,
    returnToWork: { numerator: 5668, denominator: 6750, rate: '83.9' },
  });
  const then = await system.ask(
    `query ($id: ID!) {
      park(id: $id) {
        resumption(on: "2020-03-16", asOf: "2020-03-18T00:00:00Z") { revision returnToWork { numerator } }
        now: resumption(on: "2020-03-16") { revision status differs }
      }
    }`,
    { id: PARK },
  );
  expect(then.park).toEqual({
    resumption: { revision: 1, returnToWork: { numerator: 5669 } },
    now: { revision: 2, status: 'CORRECTED', differs: false },
  });
});
