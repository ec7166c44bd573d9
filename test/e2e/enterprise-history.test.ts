import { addDays } from '../../src/domain/calendar/day.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import type { EnterpriseEvent, OperationReportedEvent } from '../../src/storage/enterprises/items.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import { rebuildTallies } from '../../src/storage/enterprises/published-figures/rebuild-tallies.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import {
  at,
  clerkOf,
  PARKS,
  type RegisterStory,
  registrar,
  startRegisterStory,
  TEDA,
} from '../fixtures/register-story.ts';

/** A firm of TEDA changes its staff and its sector on each of forty days: its older stays settle. */

const PARK = PARKS[TEDA];
const OFFICER = registrar(TEDA);
const FIRST = '2026-03-01';
const DAYS = 40;
const LAST = addDays(FIRST, DAYS);
const staffOn = (day: number) => 20 + day;
const sectorOn = (day: number) => (day % 2 === 0 ? 'OTHER' : 'NEW_MATERIALS');

let story: RegisterStory;
let firm: string;
const bytes: number[] = [];

beforeAll(async () => {
  story = await startRegisterStory(8_700);
  firm = await story.newFirm();
  for (let day = 1; day <= DAYS; day++) {
    const facts = { staffCount: staffOn(day), sector: sectorOn(day) };
    await story.does('changeEnterprise', OFFICER, firm, facts, at(addDays(FIRST, day)));
    bytes.push(JSON.stringify(await story.stored(firm)).length);
  }
});
afterAll(() => story.system.stop());

type Nodes = { readonly nodes: readonly { from: string; to: string }[]; readonly pageInfo: { endCursor: string } };

async function earlier(page: string): Promise<Nodes> {
  const fields = `earlierResidencies(${page}) { nodes { from to park { id } } pageInfo { endCursor } }`;
  return (await story.read(fields, firm, OFFICER, at(LAST))).earlierResidencies;
}

test('the item of an enterprise stays bounded, and every stay can be read', async () => {
  const withSettledDay = Math.max(...bytes.slice(0, 21)) + '"settledTo":"2026-03-01",'.length + 10;
  expect(Math.max(...bytes.slice(21))).toBeLessThan(withSettledDay);
  const { residencies } = await story.read('residencies { from to }', firm, OFFICER, at(LAST));
  const pages = [];
  for (let page = await earlier('first: 9'); page.nodes.length > 0; ) {
    pages.push(...page.nodes);
    page = await earlier(`first: 9, after: "${page.pageInfo.endCursor}"`);
  }
  const days = [...residencies, ...pages].map(({ from }) => from);
  expect(days).toEqual([...Array.from({ length: DAYS }, (_, i) => addDays(FIRST, DAYS - i)), '2020-01-01']);
  expect(pages[0]).toEqual({ from: expect.any(String), to: expect.any(String), park: { id: PARK } });
});

async function report(on: string) {
  const query = `mutation ($input: ReportOperationsInput!) {
    reportOperations(input: $input) { userErrors { code field } }
  }`;
  const reports = [{ enterprise: firm, on, mode: 'ON_SITE', staffTotal: 12, staffReturned: 9 }];
  const input = { idempotencyKey: story.nextKey(), reports };
  const { reportOperations } = await story.ask(query, { input }, clerkOf(firm), at(LAST));
  return reportOperations.userErrors;
}

test('no command changes a settled day', async () => {
  const { settledTo = '' } = await story.stored(firm);
  expect(settledTo > FIRST).toBe(true);
  const leave = (lastDay: string) => story.refused('leavePark', OFFICER, firm, { park: PARK, lastDay }, at(LAST));
  expect(await leave(addDays(settledTo, -1))).toMatch(/^INVALID lastDay/);
  const { uscc } = await story.stored(firm);
  const facts = { nameZh: '企业', industryCode: 'I6513', sector: 'OTHER', sizeClass: 'SMALL', staffCount: '7' };
  const input = {
    idempotencyKey: story.nextKey(),
    park: PARK,
    residentFrom: settledTo,
    rows: [{ line: 1, uscc, ...facts }],
  };
  const query = `mutation ($input: ImportEnterprisesInput!) {
    importEnterprises(input: $input) { rows { status userErrors { message } } }
  }`;
  const { importEnterprises } = await story.ask(query, { input }, OFFICER, at(LAST));
  expect(importEnterprises.rows[0].status).toBe('REFUSED');
});

test('a report of a settled day counts by the stay and the sector of that day', async () => {
  const on = addDays(FIRST, 3);
  expect(await report(on)).toEqual([]);
  const table = story.system.table('enterprises');
  const event = await readItem<OperationReportedEvent>(table, enterpriseKeys.reportVersion(firm, on, 1), {
    consistent: true,
  });
  expect(event).toMatchObject({ parkId: PARK, sector: sectorOn(3), after: { registeredStaff: staffOn(3) } });

  const events = await readRange<EnterpriseEvent>(table, { partition: firm, consistent: true });
  await countEvents(
    table,
    events.filter(({ type }) => type === 'EnterpriseChanged' || type === 'OperationReported'),
    at(LAST),
  );
  const shown = async () => {
    const days = [2, 3, 30].map(
      (day) => `d${day}: resumption(on: "${addDays(FIRST, day)}") {
      returnToWork { numerator denominator }
    }`,
    );
    const parks = `_entities(representations: [{ __typename: "Park", id: "${PARK}" }])`;
    return (await story.ask(`{ ${parks} { ... on Park { ${days.join(' ')} } } }`, {}, OFFICER, at(LAST)))._entities[0];
  };
  const counted = await shown();
  await rebuildTallies(table);
  expect(await shown()).toEqual(counted);
});

test('an enterprise without settled stays is listed without a call', async () => {
  const young = await story.newFirm();
  const list = 'earlierResidencies { nodes { from } }';
  let read: { earlierResidencies: Nodes } | undefined;
  const calls = await story.system.dynamo.during(async () => {
    read = await story.read(list, young, OFFICER);
  });
  expect(read?.earlierResidencies.nodes).toEqual([]);
  expect(calls.filter(({ command }) => command === 'Query')).toEqual([]);
});
