import type { PlanNode } from '@bridgehead/federation';
import { parse } from 'graphql';
import { call } from '../../../../test/fixtures/synthetic/federation.ts';
import { CodedError } from '../../src/errors.ts';
import { compilePlan, executePlan } from '../../src/executor/execute.ts';
import { readConditions, typeConditions } from '../../src/executor/type-conditions.ts';
import type { KeyTree } from '../../src/normalise/normalise.ts';
import type { Subgraph, SubgraphRequest } from '../../src/subgraph.ts';

const types = typeConditions(
  readConditions(
    parse(`
    interface Media { id: ID } type Photo implements Media { id: ID } type Film implements Media { id: ID }
    union Thing = Photo | Film
  `),
  ),
);

/** Runs a plan over subgraphs that answer in turn what is given. */
async function run(
  node: PlanNode,
  answers: readonly object[],
  variables: Record<string, unknown> = {},
  keys: KeyTree = new Map(),
) {
  const requests: SubgraphRequest[] = [];
  const subgraph: Subgraph = async (request) => {
    requests.push(request);
    return answers[requests.length - 1] ?? {};
  };
  const plan = compilePlan({ kind: 'QueryPlan', node }, { subgraphs: { s: subgraph }, types, keys });
  const { data, errors } = await executePlan(plan, call(), variables);
  return { data: JSON.parse(JSON.stringify(data)), errors, requests };
}

const fetch = (operation: string, more: object = {}) =>
  ({ kind: 'Fetch', serviceName: 's', operation, ...more }) as const;
const entityFetch = (selection: string, requires: readonly string[], more: object = {}) =>
  fetch(`query($representations:[_Any!]!){_entities(representations:$representations){${selection}}}`, {
    requires: requires.map((typeCondition) => ({
      kind: 'InlineFragment',
      typeCondition,
      selections: [
        { kind: 'Field', name: '__typename' },
        { kind: 'Field', name: 'id' },
      ],
    })),
    ...more,
  });
const ITEMS = {
  data: {
    items: [
      { __typename: 'Photo', id: '1' },
      { __typename: 'Film', id: '2' },
    ],
  },
};

test('a type condition on the way, also by an abstract type', async () => {
  for (const [condition, expected] of [
    ['Photo', ['1']],
    ['Thing', ['1', '2']],
    ['Media', ['1', '2']],
  ] as const) {
    const { requests } = await run(
      {
        kind: 'Sequence',
        nodes: [
          fetch('{items{__typename id}}'),
          {
            kind: 'Flatten',
            path: [{ Field: 'items' }, '@', { TypeCondition: [condition] }],
            node: entityFetch('...on Media{likes}', ['Media']),
          },
        ],
      },
      [ITEMS, { data: { _entities: [{ likes: 1 }, { likes: 2 }].slice(0, expected.length) } }],
    );
    const sent = requests[1]?.variables.representations as { id: string }[];
    expect(sent.map(({ id }) => id)).toEqual(expected);
  }
});

test('a representation goes by the name that the subgraph knows the entity by', async () => {
  const { requests, data } = await run(
    {
      kind: 'Sequence',
      nodes: [
        fetch('{items{__typename id}}'),
        {
          kind: 'Flatten',
          path: [{ Field: 'items' }, '@'],
          node: entityFetch('...on Media{likes}', ['Media'], {
            typename: 'Media',
          }),
        },
      ],
    },
    [ITEMS, { data: { _entities: [{ likes: 1 }, { likes: 2 }] } }],
  );
  expect(requests[1]?.variables.representations).toEqual([
    { __typename: 'Media', id: '1' },
    { __typename: 'Media', id: '2' },
  ]);
  expect(data.items).toEqual([
    { __typename: 'Photo', id: '1', likes: 1 },
    { __typename: 'Film', id: '2', likes: 2 },
  ]);
});

test('a key that the planner chose is renamed, in data and in errors', async () => {
  const leaf = { responseKey: 'w', below: new Map() };
  const { data, errors } = await run(
    fetch('{items{__typename ...on Photo{w} ...on Film{_internal_0: w}}}', {
      renames: { _internal_0: 'w' },
    }),
    [
      {
        data: {
          items: [
            { __typename: 'Photo', w: 1 },
            { __typename: 'Film', _internal_0: null },
          ],
        },
        errors: [{ message: 'failed', path: ['items', 1, '_internal_0'] }],
      },
    ],
    {},
    new Map([['items', { responseKey: 'all', below: new Map([['w', leaf]]) }]]),
  );
  expect(data.items).toEqual([
    { __typename: 'Photo', w: 1 },
    { __typename: 'Film', w: null },
  ]);
  expect(errors.map(({ path }) => path)).toEqual([['all', 1, 'w']]);
});

test('several entity fetches in one call: empty ones beside others are sent as empty', async () => {
  const alias = (name: string, key: string, typeCondition: string) => ({
    alias: name,
    representationsVariableName: `${name}_r`,
    paths: [[{ Field: key }], [{ Field: 'items' }, '@', { TypeCondition: [typeCondition] }]] as const,
    requires: [
      {
        kind: 'InlineFragment',
        typeCondition,
        selections: [
          { kind: 'Field', name: '__typename' },
          { kind: 'Field', name: 'id' },
        ],
      },
    ] as const,
  });
  const { data, requests } = await run(
    {
      kind: 'Sequence',
      nodes: [
        fetch('{one{__typename id} two{__typename id} items{__typename id}}'),
        {
          kind: 'BatchFetch',
          serviceName: 's',
          operation:
            'query($a_r:[_Any!]!,$b_r:[_Any!]!){a:_entities(representations:$a_r){...on Photo{n}} b:_entities(representations:$b_r){...on Film{m}}}',
          entityBatch: { aliases: [alias('a', 'one', 'Photo'), alias('b', 'two', 'Film')] },
        },
      ],
    },
    [
      { data: { one: { __typename: 'Photo', id: '1' }, two: null, items: [{ __typename: 'Photo', id: '1' }] } },
      { data: { a: [{ n: 7 }], b: [] } },
    ],
  );
  expect(requests[1]?.variables).toEqual({ a_r: [{ __typename: 'Photo', id: '1' }], b_r: [] });
  expect(data).toEqual({
    one: { __typename: 'Photo', id: '1', n: 7 },
    two: null,
    items: [{ __typename: 'Photo', id: '1', n: 7 }],
  });
});

test.each([
  [true, 'yes'],
  [false, 'no'],
])('a condition that is %p', async (on, expected) => {
  const { requests } = await run(
    { kind: 'Condition', condition: 'on', ifClause: fetch('{yes}'), elseClause: fetch('{no}') },
    [{ data: {} }],
    { on },
  );
  expect(requests.map(({ query }) => query)).toEqual([`{${expected}}`]);
});

test('a subgraph that is not there is found when the plan is compiled', () => {
  const compile = () =>
    compilePlan({ kind: 'QueryPlan', node: fetch('{a}') }, { subgraphs: {}, types, keys: new Map() });
  expect(compile).toThrow(CodedError);
});

test('values that two subgraphs share are completed by each other, in whatever order they come', async () => {
  const first = { data: { v: { a: 1, list: [{ x: 1 }, null], none: null } } };
  const second = { data: { v: { b: 2, list: [{ y: 2 }, null], none: { z: 3 } } } };
  for (const answers of [
    [first, second],
    [second, first],
  ]) {
    const operations = ['{v{a list{x} none{z}}}', '{v{b list{y} none{z}}}'];
    if (answers[0] === second) operations.reverse();
    const { data } = await run({ kind: 'Parallel', nodes: operations.map((operation) => fetch(operation)) }, answers);
    expect(data).toEqual({ v: { a: 1, b: 2, list: [{ x: 1, y: 2 }, null], none: { z: 3 } } });
  }
  expect(first.data.v).toEqual({ a: 1, list: [{ x: 1 }, null], none: null });
});

test('a required object is sent with its required fields alone, and not at all where one is missing', async () => {
  const field = (name: string, selections?: readonly object[]) => ({
    kind: 'Field',
    name,
    ...(selections && { selections }),
  });
  const selections = [field('__typename'), field('id'), field('size', [field('width')])];
  const requires = [{ kind: 'InlineFragment', typeCondition: 'Photo', selections }];
  const likes = 'query($representations:[_Any!]!){_entities(representations:$representations){...on Photo{likes}}}';
  const photo = (id: string, size: object | null) => ({ __typename: 'Photo', id, size });
  const { requests } = await run(
    {
      kind: 'Sequence',
      nodes: [
        fetch('{items{__typename id size{width height}}}'),
        { kind: 'Flatten', path: [{ Field: 'items' }, '@'], node: fetch(likes, { requires }) },
      ],
    },
    [
      { data: { items: [photo('1', { width: 1, height: 2 }), photo('2', { height: 2 }), photo('3', null)] } },
      { data: { _entities: [{ likes: 1 }, { likes: 3 }] } },
    ],
  );
  expect(requests[1]?.variables.representations).toEqual([photo('1', { width: 1 }), photo('3', null)]);
});

test.each([1, 3])('%d entities for two representations are refused', async (count) => {
  const { data, errors } = await run(
    {
      kind: 'Sequence',
      nodes: [
        fetch('{items{__typename id}}'),
        { kind: 'Flatten', path: [{ Field: 'items' }, '@'], node: entityFetch('...on Media{likes}', ['Media']) },
      ],
    },
    [ITEMS, { data: { _entities: Array.from({ length: count }, () => ({ likes: 1 })) } }],
  );
  expect(data).toEqual(ITEMS.data);
  expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/another number of entities/)]);
});
