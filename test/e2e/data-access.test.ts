import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readRange } from '../../src/storage/read.ts';
import { LOOK_PARTITIONS } from '../../src/storage/tables.ts';
import { chainLooks } from '../../src/storage/talent/chain-looks.ts';
import type { LookItem } from '../../src/storage/talent/look-items.ts';
import { CASE_TYPES, makeCase, PARK, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A person sees who looked at their data, before it is chained and after. */

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

async function waiting(): Promise<LookItem[]> {
  const table = system.table('talent');
  const found = await Promise.all(LOOK_PARTITIONS.map((partition) => readRange<LookItem>(table, { partition })));
  return found.flat().sort((a, b) => (a.sk < b.sk ? -1 : 1));
}

const chain = (looks: readonly LookItem[]) => chainLooks(system.table('talent'), looks, NOW);
const chainAll = async () => chain(await waiting());

/** An officer looks at a person's case, `second` seconds after the story's instant. */
const look = (person: number, second: number, viewer = OFFICER) =>
  talent(
    'query ($id: ID) { case(id: $id) { state applicant { name } } }',
    { id: CASES[person]!.id },
    { viewer, now: new Date(NOW.getTime() + second * 1_000), purpose: `purpose ${second}` },
  );

const ACCESS = `query ($first: Int!, $after: String) { myDataAccess(first: $first, after: $after) {
  nodes { at by agency zone { id } purpose chained sequence cases { case { id } fullFields maskedFields } }
  edges { cursor } pageInfo { hasNextPage endCursor }
} }`;

async function accessOf(person: number, page: { first: number; after?: string | null } = { first: 10 }) {
  const viewer: Viewer = { kind: 'applicant', person: `person-${person}` };
  const { data, errors } = await talent(ACCESS, page, { viewer });
  expect(errors).toBeUndefined();
  return data.myDataAccess;
}

test('a look is shown at once, unchained, and chained when the stream has brought it', async () => {
  await look(1, 0);
  const [shown, ...others] = (await accessOf(1)).nodes;
  expect(others).toEqual([]);
  expect(shown).toEqual({
    at: NOW.toISOString(),
    by: 'OFFICER',
    agency: 'HRSS',
    zone: { id: ZONE },
    purpose: 'purpose 0',
    chained: false,
    sequence: null,
    cases: [
      {
        case: { id: CASES[1]!.id },
        fullFields: ['TalentCase.applicant', 'TalentCase.state'],
        maskedFields: ['Applicant.name'],
      },
    ],
  });
  await chainAll();
  expect(await waiting()).toEqual([]);
  expect((await accessOf(1)).nodes).toEqual([{ ...shown, chained: true, sequence: 1 }]);
  expect((await accessOf(2)).nodes).toEqual([]);
});

test('pages are newest first over what is chained and what is not, without a gap or a repetition', async () => {
  for (const second of [1, 2, 3, 4]) await look(3, second);
  await chainAll();
  for (const second of [5, 6, 0]) await look(3, second);
  const found: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { nodes, pageInfo } = await accessOf(3, { first: 2, after });
    found.push(...nodes.map(({ purpose }: { purpose: string }) => purpose));
    more = pageInfo.hasNextPage;
    after = pageInfo.endCursor;
  }
  expect(found).toEqual([6, 5, 4, 3, 2, 1, 0].map((second) => `purpose ${second}`));
  await chainAll();
  expect((await accessOf(3)).nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual([
    7, 6, 4, 3, 2, 1, 5,
  ]);
});

test('what comes again, and to two consumers at once, is chained once', async () => {
  for (const second of [1, 2, 3]) await look(4, second);
  const looks = await waiting();
  system.dynamo.beforeNextTransaction(() => chain(looks));
  await chain([...looks, ...looks.toReversed()]);
  await chain(looks);
  expect((await accessOf(4)).nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual([3, 2, 1]);
});

test('a look that is in its chain and still waits is shown once', async () => {
  await look(5, 1);
  const looks = await waiting();
  await chain(looks);
  await system.write('talent', looks);
  expect((await accessOf(5)).nodes).toMatchObject([{ chained: true, sequence: 1 }]);
  await chainAll();
});

test('a page of fifty people goes into fifty chains, through collisions, throttling and lost answers', async () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Park { cases(first: 50) { nodes { id } } } } }`;
  await talent(query, { of: [{ __typename: 'Park', id: PARK }] }, { viewer: OFFICER, purpose: 'list' });
  system.dynamo.conflict(2);
  system.dynamo.throttle('TransactWrite', 1);
  system.dynamo.loseAnswers(1);
  await chainAll();
  for (const person of [10, 30, 49]) {
    expect((await accessOf(person)).nodes).toMatchObject([{ purpose: 'list', chained: true, sequence: 1 }]);
  }
});

test('more looks at one person than one transaction takes are chained in order, after the page that they were on', async () => {
  for (let second = 1; second <= 50; second++) await look(6, second);
  await chainAll();
  const { nodes } = await accessOf(6, { first: 100 });
  expect(nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
    Array.from({ length: 51 }, (_, place) => 51 - place),
  );
});

test('a case holder is told to sign in as themselves', async () => {
  const viewer: Viewer = { kind: 'caseHolder', caseId: CASES[0]!.id };
  const { errors } = await talent(ACCESS, { first: 1 }, { viewer });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('the handler reports the look that cannot be told, by itself', async () => {
  configure({ dynamodbEndpoint: system.endpoint, mode: 'local' });
  const { handler } = await import('../../src/handlers/look-chains.ts');
  await look(8, 1);
  await look(8, 2);
  const looks = await waiting();
  const { views: _, ...poison } = { ...looks[0]!, id: 'poison' };
  const event = {
    Records: [looks[0], poison, looks[1]].map((item, i) => ({
      eventName: 'INSERT',
      dynamodb: { NewImage: marshall(item), SequenceNumber: String(i + 1) },
    })),
  };
  expect(await handler(event as DynamoDBStreamEvent)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  expect((await accessOf(8)).nodes).toMatchObject([{ sequence: 3 }, { sequence: 2 }, { sequence: 1 }]);
});
