import { parse } from 'graphql';
import { compose } from '../../../../test/fixtures/synthetic/federation.ts';
import { underKeys } from '../../../../test/fixtures/synthetic/scripted.ts';
import { createGateway } from '../../src/gateway.ts';
import { loadPlanner } from '../../src/plans/planner.ts';
import { subgraphView } from '../../src/remote/subgraph-view.ts';
import type { Subgraph } from '../../src/subgraph.ts';
import { newCall, subgraphAt } from './asking.ts';
import { type Behaviour, json, type Partner, startPartner, text } from './partner.ts';

const PARKS = `
  type Park @key(fields: "id") { id: ID! name: String! }
  type Query { parks: [Park!]! }
`;
const BONDED = `
  type Park @key(fields: "id") { id: ID! warehouses: Int first: Warehouse }
  type Warehouse { name: String! area: Int }
`;
const SECRET = 'password=hunter2';

const parks: Subgraph = async (request) => ({
  data: underKeys(request, {
    parks: ['park_1', 'park_2'].map((id) => ({ __typename: 'Park', id, name: `name of ${id}` })),
  }),
});
const supergraph = compose({ parks: PARKS, bonded: BONDED });
const planner = loadPlanner(supergraph);

const QUERY = '{ parks { id name warehouses first { title: name } } }';
const own = [
  { id: 'park_1', name: 'name of park_1' },
  { id: 'park_2', name: 'name of park_2' },
];

/** Answers under the keys of the question, as they come after normalisation. */
const entities =
  (answer: (id: string, key: string) => object | null): Behaviour =>
  (response, question) => {
    const key = /(\w+): name/.exec(question.query)?.[1] ?? 'name';
    const found = question.variables.representations?.map(({ id }) => answer(id, key));
    json({ data: { _entities: found } })(response, question);
  };
const healthy = entities((id, key) => ({
  __typename: 'Park',
  warehouses: 3,
  first: { [key]: `of ${id}` },
}));

let partner: Partner;
beforeEach(async () => {
  partner = await startPartner(healthy);
});
afterEach(() => partner.stop());

/** What a client gets of an operation, and what is known of its sources. */
async function run(query = QUERY, milliseconds = 5_000) {
  const { subgraph, sources } = subgraphAt(partner.url, { schema: subgraphView(supergraph.document, 'bonded') });
  const gateway = createGateway({ supergraph, planner, subgraphs: { parks, bonded: subgraph } });
  const call = newCall(milliseconds);
  const result = await gateway.execute({ document: parse(query), call });
  const answer = JSON.stringify({ ...result, extensions: { sources: sources.of(call) } });
  expect(answer).not.toContain(SECRET);
  return JSON.parse(answer);
}

test('a partner that answers is LIVE', async () => {
  expect(await run()).toEqual({
    data: { parks: own.map((park) => ({ ...park, warehouses: 3, first: { title: `of ${park.id}` } })) },
    extensions: { sources: [{ subgraph: 'bonded', status: 'LIVE', asOf: expect.any(String) }] },
  });
});

test('an operation that asks no partner has no sources', async () => {
  expect(await run('{ parks { id name } }')).toEqual({ data: { parks: own }, extensions: { sources: [] } });
});

test.each<[string, string, Behaviour]>([
  ['500', 'SUBGRAPH_UNAVAILABLE', text(SECRET, {}, 500)],
  ['HTML', 'SUBGRAPH_INVALID_RESPONSE', text(SECRET, { 'content-type': 'text/html' })],
  ['no answer', 'DEADLINE_EXCEEDED', () => {}],
  ['too many entities', 'SUBGRAPH_INVALID_RESPONSE', json({ data: { _entities: [null, null, null] } })],
  ['a refusal', 'SUBGRAPH_INVALID_RESPONSE', json({ errors: [{ message: SECRET }] })],
])('%s costs only what was the partner’s', async (_, code, behaviour) => {
  partner.behave(behaviour);
  const { data, errors, extensions } = await run(QUERY, code === 'DEADLINE_EXCEEDED' ? 600 : 10_000);
  expect(data).toEqual({ parks: own.map((park) => ({ ...park, warehouses: null, first: null })) });
  expect(errors).toEqual([
    {
      message: expect.stringContaining('"bonded"'),
      path: ['parks'],
      extensions: { code, subgraph: 'bonded', paths: ['parks.@.warehouses', 'parks.@.first'] },
    },
  ]);
  expect(extensions.sources).toMatchObject([{ status: 'DOWN' }]);
});

test('a wrong leaf is an error at its place in the client’s answer, and no other', async () => {
  partner.behave(
    entities((id, key) => ({
      __typename: 'Park',
      warehouses: id === 'park_2' ? SECRET : 3,
      first: { [key]: id === 'park_1' ? null : 'f', id: SECRET },
      id: 'park_9',
      name: SECRET,
    })),
  );
  const { data, errors } = await run();
  expect(data).toEqual({
    parks: [
      { ...own[0], warehouses: 3, first: null },
      { ...own[1], warehouses: null, first: { title: 'f' } },
    ],
  });
  expect(errors.map(({ path, extensions }: { path: unknown; extensions: unknown }) => ({ path, extensions }))).toEqual(
    [
      ['parks', 0, 'first', 'title'],
      ['parks', 1, 'warehouses'],
    ].map((path) => ({ path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: 'bonded' } })),
  );
});
