/** What callers are told of the schema: those who may not look it up, and those who may, of what they may ask for. */

import { readFileSync } from 'node:fs';
import { createGateway, loadSupergraph } from '@bridgehead/federation';
import { mayReadSchema } from '../../src/domain/grants.ts';
import { ANONYMOUS, type Viewer } from '../../src/domain/viewer.ts';
import { type GraphqlServer, startServer } from '../../src/edge/server.ts';
import { log } from '../../src/log.ts';
import { SCALARS } from '../../src/subgraph/scalars.ts';
import { callOf } from '../harness.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'), { scalars: SCALARS });
let server: GraphqlServer;

beforeAll(async () => {
  const planner = {
    plan: () => {
      throw new Error('nothing here is planned');
    },
  };
  const gateway = createGateway({ supergraph, subgraphs: {}, planner });
  server = await startServer({ supergraph, gateway, mayIntrospect: ({ viewer }) => mayReadSchema(viewer) });
});
afterAll(() => server.stop());

const HOLDER: Viewer = { kind: 'caseHolder', caseId: 'case_1' };
const CLERK: Viewer = { kind: 'clerk', person: 'p', enterprise: 'ent_1' };

async function ask(body: object, viewer: Viewer = HOLDER) {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const answer = await server.answer({ method: 'POST', headers, search: '', body }, callOf({ viewer }));
  return { status: answer.status, ...(JSON.parse(answer.body) as { data?: unknown; errors?: { message: string }[] }) };
}

test.each([
  '{ parkz { id } }',
  '{ park { idd } a b c d e }',
  '{ park(cod: 1) { id } }',
  '{ parks(first: "a") { nodes { id } } }',
  '{ node { id } }',
  '{ park }',
  '{ node(id: "a") { ... on Enterpriseq { id } } }',
  '{ __typename @skipp(if: true) }',
  'query ($a: Sectorr) { __typename }',
])('a document that is not valid, %s, is told that it is not, and no more', async (query) => {
  expect(await ask({ query })).toEqual({
    status: 400,
    errors: [
      { message: 'The document is not valid against the schema.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ],
  });
  expect((await ask({ query }, ANONYMOUS)).errors?.[0]?.message).not.toBe(
    'The document is not valid against the schema.',
  );
});

test.each([
  ['query ($a: Sector) { enterprises(first: 1, sector: $a) { totalCount } }', { a: 'SEMICONDUCTORZ' }],
  [
    'mutation ($a: ReportOperationsInput!) { reportOperations(input: $a) { __typename } }',
    { a: { idempotencyKeyy: 1 } },
  ],
  ['query ($a: ID!) { node(id: $a) { id } }', {}],
])('a variable that is not accepted is named, its type is not: %s', async (query, variables) => {
  const { errors = [] } = await ask({ query, variables });
  expect(new Set(errors.map(({ message }) => message))).toEqual(
    new Set(['The variable "$a" does not have a value that it accepts.']),
  );
  expect(errors).toMatchObject([...errors].map(() => ({ extensions: { code: 'BAD_USER_INPUT' } })));
});

test.each(['{ __schema { types { name } } }', '{ ...A } fragment A on Query { a: __type(name: "Park") { name } }'])(
  'introspection is refused, whatever it hides in: %s',
  async (query) => {
    expect(await ask({ query })).toEqual({
      status: 403,
      errors: [{ message: 'The schema is not open to this caller.', extensions: { code: 'FORBIDDEN' } }],
    });
    expect((await ask({ query }, ANONYMOUS)).status).toBe(200);
  },
);

test('a fault of ours is told with the id of the request, and nothing else', async () => {
  const { error } = log;
  const logged: unknown[] = [];
  Object.assign(log, { error: (_: string, fields: object) => void logged.push(fields) });
  expect(await ask({ query: '{ park(id: "park_a") { id code } }' })).toEqual({
    status: 500,
    errors: [
      {
        message: 'Something went wrong here.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'test' },
      },
    ],
  });
  Object.assign(log, { error });
  expect(logged).toEqual([{ requestId: 'test' }]);
});

const messages = async (query: string, viewer: Viewer, variables = {}) =>
  (await ask({ query, variables }, viewer)).errors?.map(({ message }) => message) ?? [];

test.each([
  ['{ enterprise(id: "a") { operationReports(from: 1, to: 2) { mod } } }', 'OperationReport"'],
  ['{ a: __type(name: "Park") { name } node(id: "a") { ... on SupportRequest { statuss } } }', 'SupportRequest'],
])('what validation says of %s leads nobody to what they may not ask for', async (query, hidden) => {
  expect((await messages(query, CLERK)).join()).toContain(hidden);
  const told = (await messages(query, ANONYMOUS)).join();
  expect(told).not.toBe('');
  expect(told.replaceAll(/"[^"]*"/g, (quoted) => (query.includes(quoted.slice(1, -1)) ? '' : quoted))).not.toContain(
    hidden,
  );
});

test.each([
  ['{ zonez { code } }', {}],
  ['{ __schema { directive } }', {}],
  ['{ zones(firs: 1) { nodes { cod } } }', {}],
  ['{ node(id: "a") { ... on Zoned { id } } }', {}],
  ['query ($a: Localle) { __typename }', {}],
  ['query ($a: Locale!) { zones(first: 1) { nodes { name(locale: $a) } } }', { a: 'ZHH' }],
])('nobody’s guess is led on: %s', async (query, variables) => {
  const told = await messages(query, CLERK, variables);
  expect(told).not.toEqual([]);
  expect(told.join()).not.toContain('Did you mean');
});

test('a variable of a type that leads only to what they may not ask for is told without it', async () => {
  const query = 'mutation ($a: ReportOperationsInput!) { reportOperations(input: $a) { __typename } }';
  expect(await messages(query, CLERK, { a: { idempotencyKeyy: 1 } })).toContainEqual(
    expect.stringContaining('idempotencyKey'),
  );
  expect(new Set(await messages(query, ANONYMOUS, { a: { idempotencyKeyy: 1 } }))).toEqual(
    new Set(['The variable "$a" does not have a value that it accepts.']),
  );
});

const TYPES = '{ __schema { types { name fields { name } } } }';

test.each<[Viewer, readonly string[], readonly string[]]>([
  [
    ANONYMOUS,
    ['Park', 'Enterprise', 'Agreement', 'CaseType'],
    ['TalentCase', 'OperationReport', 'ShareTerm', 'Mutation'],
  ],
  [
    { kind: 'partner', zone: 'zone_baodi', key: 'k' },
    ['ShareTerm', 'Relocation'],
    ['TalentCase', 'Applicant', 'OperationReport'],
  ],
  [{ kind: 'analyst', person: 'p' }, ['Resumption'], ['TalentCase', 'OperationReport', 'ShareTerm']],
  [CLERK, ['OperationReport', 'SupportRequest', 'ReportOperationsInput'], ['ShareTerm', 'CaseDecision']],
  [{ kind: 'applicant', person: 'p' }, ['TalentCase', 'Applicant', 'CaseDecision'], ['OperationReport', 'ShareTerm']],
])('introspection shows %p what they may ask for', async (viewer, seen, unseen) => {
  const { data } = (await ask({ query: TYPES }, viewer)) as { data: { __schema: { types: { name: string }[] } } };
  const names = data.__schema.types.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...seen]));
  expect(names.filter((name) => unseen.includes(name))).toEqual([]);
});
