import { loadPlanner } from '../../../../src/gateway/planner/in-process.ts';
import { splitRequires } from '../../../../src/gateway/planner/split-requires.ts';
import { compose } from '../../../fixtures/synthetic/federation.ts';

const PARKS = 'type Park @key(fields: "id") { id: ID! name: String } type Query { park: Park }';
const FIRMS = `
  type Park @key(fields: "id") { id: ID! firms: [Firm] name: String @external label: Label @requires(fields: "name") }
  type Label { a: Int firm: Firm }
  type Firm @key(fields: "id") { id: ID! park: Park n: Int }
  type Query { firm: Firm }`;
const leading = compose({ parks: PARKS, firms: FIRMS }).sdl;

/** The subgraphs that a plan asks, in its order. */
const asked = (plan: object) =>
  [...JSON.stringify(plan).matchAll(/"serviceName":"([^"]*)"/g)].map(([, subgraph]) => subgraph);

test.each([
  ['{ park { firms { park { label { a } } } } }', ['parks', 'firms', 'parks', 'firms']],
  ['{ park { label { firm { park { label { a } } } } } }', ['parks', 'firms', 'firms', 'parks', 'firms']],
  ['{ firm { park { label { a } firms { n } } } }', ['firms', 'parks', 'firms']],
])('%s is planned, though its subgraph leads back to the type', async (query, subgraphs) => {
  expect(asked(await loadPlanner(leading)(query))).toEqual(subgraphs);
});

test('a supergraph without such a way stays as it is', () => {
  const straight = compose({ parks: PARKS, firms: FIRMS.replaceAll('park: Park', 'park: ID') }).sdl;
  expect(splitRequires(straight).sdl).toBe(straight);
  expect(splitRequires(leading).sdl).not.toBe(leading);
});

test('what can’t be planned all the same is said to be so', async () => {
  const within = compose({ parks: PARKS, firms: FIRMS.replace('a: Int', 'a: Int park: Park') }).sdl;
  const plan = loadPlanner(within);
  expect(asked(await plan('{ park { label { a } } }'))).toEqual(['parks', 'firms']);
  await expect(plan('{ park { label { park { label { a } } } } }')).rejects.toMatchObject({
    code: 'OPERATION_NOT_PLANNABLE',
    cause: { message: expect.stringContaining('cannot be found') },
  });
});
