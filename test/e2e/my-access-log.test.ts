import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { batchEntries } from '../../src/storage/talent/access-log/batch-entries.ts';
import { waitingEntries } from '../fixtures/access-log.ts';
import { CASE_TYPES, makeCase, PARK, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A person sees who was shown their data, before the entry is batched and after. */

let system: TestSystem;
let talent: Execute;

const CASES = Array.from({ length: 50 }, (_, i) =>
  makeCase(i, 'UNDER_REVIEW', `2020-03-01T00:00:${String(i).padStart(2, '0')}.000Z`, { applicantId: `person-${i}` }),
);
const OFFICER: Viewer = { kind: 'officer', person: 'officer-1', agency: 'HRSS', zone: ZONE, roles: ['REVIEW'] };

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...CASE_TYPES, ...CASES.flatMap(({ items }) => items)]);
});
afterAll(() => system.stop());

const waiting = () => waitingEntries(system.table('talent'));
const batch = async () => batchEntries(system.table('talent'), await waiting());

/** An officer reads a person's case, `second` seconds after the story's instant. */
const access = (person: number, second: number, viewer = OFFICER) =>
  talent(
    'query ($id: ID) { case(id: $id) { state applicant { name } } }',
    { id: CASES[person]!.id },
    { viewer, now: new Date(NOW.getTime() + second * 1_000), purpose: `purpose ${second}` },
  );

const ACCESS = `query ($first: Int!, $after: String) { myAccessLog(first: $first, after: $after) {
  nodes { at by agency zone { id } purpose batched cases { case { id } fullFields maskedFields } }
  edges { cursor } pageInfo { hasNextPage endCursor }
} }`;

async function accessOf(person: number, page: { first: number; after?: string | null } = { first: 10 }) {
  const viewer: Viewer = { kind: 'applicant', person: `person-${person}` };
  const { data, errors } = await talent(ACCESS, page, { viewer });
  expect(errors).toBeUndefined();
  return data.myAccessLog;
}

test('an entry is shown at once, and batched when the stream has brought it', async () => {
  await access(1, 0);
  const [shown, ...others] = (await accessOf(1)).nodes;
  expect(others).toEqual([]);
  expect(shown).toEqual({
    at: NOW.toISOString(),
    by: 'OFFICER',
    agency: 'HRSS',
    zone: { id: ZONE },
    purpose: 'purpose 0',
    batched: false,
    cases: [
      {
        case: { id: CASES[1]!.id },
        fullFields: ['TalentCase.applicant', 'TalentCase.state'],
        maskedFields: ['Applicant.name'],
      },
    ],
  });
  await batch();
  expect(await waiting()).toEqual([]);
  expect((await accessOf(1)).nodes).toEqual([{ ...shown, batched: true }]);
  expect((await accessOf(2)).nodes).toEqual([]);
});

test('pages are newest first over what is batched and what is not, without a gap or a repetition', async () => {
  for (const second of [1, 2, 3, 4]) await access(3, second);
  await batch();
  for (const second of [5, 6, 0]) await access(3, second);
  const found: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { nodes, pageInfo } = await accessOf(3, { first: 2, after });
    found.push(...nodes.map(({ purpose }: { purpose: string }) => purpose));
    more = pageInfo.hasNextPage;
    after = pageInfo.endCursor;
  }
  expect(found).toEqual([6, 5, 4, 3, 2, 1, 0].map((second) => `purpose ${second}`));
  await batch();
  expect((await accessOf(3)).nodes.map(({ purpose }: { purpose: string }) => purpose)).toEqual(found);
});

test('a page costs a Get, four Queries of what waits, a Query and a BatchGet, however long the log is', async () => {
  for (let second = 1; second <= 30; second++) await access(4, second);
  await batch();
  await access(4, 31);
  for (const first of [1, 100]) {
    const calls = await system.dynamo.during(() => accessOf(4, { first }));
    const commands = calls.map(({ command }) => command);
    // Then the cases that the entries name.
    expect(commands.slice(0, 7)).toEqual([...Array(4).fill('Query'), 'Get', 'Query', 'BatchGet']);
    expect(commands.slice(7)).toEqual(['BatchGet']);
  }
  await batch();
});

test('an entry that is batched and still waits is shown once', async () => {
  await access(5, 1);
  const entries = await waiting();
  await batch();
  await system.write('talent', entries);
  expect((await accessOf(5)).nodes).toMatchObject([{ batched: true }]);
  await batch();
  expect(await waiting()).toEqual([]);
});

test('a page of fifty people goes into fifty logs, through throttling', async () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Park { cases(first: 50) { nodes { id } } } } }`;
  await talent(query, { of: [{ __typename: 'Park', id: PARK }] }, { viewer: OFFICER, purpose: 'list' });
  system.dynamo.throttle('Put', 3);
  await batch();
  for (const person of [10, 30, 49]) {
    expect((await accessOf(person)).nodes).toMatchObject([{ purpose: 'list', batched: true }]);
  }
});

test('a case holder is told to sign in as themselves', async () => {
  const viewer: Viewer = { kind: 'caseHolder', caseId: CASES[0]!.id };
  const { errors } = await talent(ACCESS, { first: 1 }, { viewer });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('the handler reports the entry that cannot be read, by itself', async () => {
  configure({ dynamodbEndpoint: system.endpoint, mode: 'local' });
  const { handler } = await import('../../src/handlers/streams/access-log.ts');
  await access(8, 1);
  await access(8, 2);
  const entries = await waiting();
  const { views: _, ...poison } = { ...entries[0]!, sk: 'poison' };
  const event = {
    Records: [entries[0], poison, entries[1]].map((item, i) => ({
      eventName: 'INSERT',
      dynamodb: { NewImage: marshall(item), SequenceNumber: String(i + 1) },
    })),
  };
  expect(await handler(event as DynamoDBStreamEvent)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  const { nodes } = await accessOf(8);
  expect(nodes.slice(0, 2)).toMatchObject([{ batched: true }, { batched: true }]);
});
