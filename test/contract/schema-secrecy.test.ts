/** What a caller is told who may not see the schema. */
import { readFileSync } from 'node:fs';
import { createGateway } from '../../src/gateway/gateway.ts';
import { type GraphqlServer, startServer } from '../../src/gateway/server.ts';
import { loadSupergraph } from '../../src/gateway/supergraph.ts';
import { SCALARS } from '../../src/subgraph/scalars.ts';
import { callOf } from '../harness.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'), { scalars: SCALARS });
let server: GraphqlServer;

beforeAll(async () => {
  const planner = { plan: () => Promise.reject(new Error('nothing here is planned')) };
  const gateway = createGateway({ supergraph, subgraphs: {}, planner });
  server = await startServer({ supergraph, gateway, mayIntrospect: ({ requestId }) => requestId === 'insider' });
});
afterAll(() => server.stop());

async function ask(body: object, requestId = 'stranger') {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const answer = await server.answer({ method: 'POST', headers, search: '', body }, callOf({ requestId }));
  return { status: answer.status, ...(JSON.parse(answer.body) as { data?: unknown; errors?: { message: string }[] }) };
}

test.each([
  '{ parkz { id } }',
  '{ park { idd } a b c d e }',
  '{ park(cod: 1) { id } }',
  '{ parks(first: "a") { nodes { id } } }',
  '{ parks { nodes { id } } }',
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
  expect((await ask({ query }, 'insider')).errors?.[0]?.message).not.toBe(
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
    expect((await ask({ query }, 'insider')).status).toBe(200);
  },
);

test('a fault of ours is told with the id of the request, and nothing else', async () => {
  expect(await ask({ query: '{ park(id: "park_a") { id code } }' })).toEqual({
    status: 500,
    errors: [
      {
        message: 'Something went wrong here.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'stranger' },
      },
    ],
  });
});
