import { parse } from 'graphql';
import { ANONYMOUS } from '../../../src/domain/viewer.ts';
import { CodedError } from '../../../src/errors.ts';
import { log } from '../../../src/log.ts';
import { contextOf } from '../../../src/subgraph/context.ts';
import type { Call } from '../../../src/subgraph/request.ts';
import { createSubgraph, type SubgraphDefinition } from '../../../src/subgraph/subgraph.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Date
  type Query { park: Park fault(coded: Boolean): Int on(day: Date): String }
  type Park @key(fields: "id") { id: ID! name: String }
  type Zone @key(fields: "id") { id: ID! }
  type Policy @key(fields: "id", resolvable: false) { id: ID! }`;

const call: Call = {
  requestId: 'r-1',
  viewer: ANONYMOUS,
  now: new Date(0),
  locale: 'JA',
  deadline: Number.MAX_SAFE_INTEGER,
  signal: new AbortController().signal,
};

/** A subgraph that records its reference calls and what it logs as an error. */
function recorded(change: Partial<SubgraphDefinition<string>> = {}) {
  const referenceCalls: [string, unknown[]][] = [];
  const logged: [string, unknown][] = [];
  const subgraph = createSubgraph<string>({
    name: 'parks',
    sdl: SDL,
    resolvers: {
      Query: {
        park: (_: unknown, __: unknown, context: { store: string; request: { locale: string } }) => ({
          id: 'park_1',
          name: `${context.store} ${context.request.locale}`,
        }),
        fault: (_: unknown, { coded }: { coded?: boolean }) => {
          if (coded) throw new CodedError('CONFLICT', 'Changed by another.', { details: { seen: 3 } });
          throw new TypeError('connect 10.0.0.1');
        },
      },
    },
    references: {
      Park: async (representations) => {
        referenceCalls.push(['Park', representations.map(({ id }) => id)]);
        return representations.map(({ id }) =>
          id === 'park_0'
            ? null
            : id === 'park_x'
              ? new CodedError('FORBIDDEN', 'Not yours.')
              : { id, name: `n ${id}` },
        );
      },
      Zone: async (representations) => {
        referenceCalls.push(['Zone', representations.map(({ id }) => id)]);
        return [];
      },
    },
    context: (call) => ({
      ...contextOf(call, 'open'),
      log: { ...log, error: (message, _, error) => void logged.push([message, error]) },
    }),
    ...change,
  });
  const ask = (query: string, variables = {}) => subgraph({ document: parse(query), query, variables, call });
  return { ask, referenceCalls, logged };
}

const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Park { name } ... on Zone { id } } }';

test('a resolver gets the context of its request', async () => {
  expect(await recorded().ask('{ park { name } }')).toEqual({ data: { park: { name: 'open JA' } } });
});

test('loads entities in one call per type, with errors per entity', async () => {
  const { ask, referenceCalls } = recorded();
  const r = ['park_2', 'zone_1', 'park_x', 'park_0', 'park_1'].map((id) => ({
    __typename: id.startsWith('park') ? 'Park' : 'Zone',
    id,
  }));
  const { data, errors } = await ask(ENTITIES, { r });
  expect(referenceCalls).toEqual([
    ['Park', ['park_2', 'park_x', 'park_0', 'park_1']],
    ['Zone', ['zone_1']],
  ]);
  expect(data).toEqual({ _entities: [{ name: 'n park_2' }, null, null, null, { name: 'n park_1' }] });
  expect(errors).toEqual([
    { message: 'Internal server error', path: ['_entities', 1], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    { message: 'Not yours.', path: ['_entities', 2], extensions: { code: 'FORBIDDEN' } },
  ]);
});

test('returns a coded fault, and logs and masks an unknown one', async () => {
  const { ask, logged } = recorded();
  const { errors } = await ask('{ a: fault(coded: true) b: fault }');
  expect(errors).toEqual([
    { message: 'Changed by another.', path: ['a'], extensions: { code: 'CONFLICT', seen: 3 } },
    { message: 'Internal server error', path: ['b'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  ]);
  expect(logged).toEqual([['a resolver failed', new TypeError('connect 10.0.0.1')]]);
});

test.each([
  ['a literal', '{ on(day: "2020-02-30") }', {}, 'Argument "day" has invalid value "2020-02-30".'],
  ['a variable', 'query ($d: Date) { on(day: $d) }', { d: '2020-02-30' }, 'Date must be a calendar day as YYYY-MM-DD.'],
])('blames the caller for %s that cannot be read', async (_, query, variables, message) => {
  const { ask, logged } = recorded();
  const { errors } = await ask(query, variables);
  expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(logged).toEqual([]);
});

test('answers an error if the context cannot be opened', async () => {
  const { ask } = recorded({
    context: () => {
      throw new CodedError('DEADLINE_EXCEEDED', 'Too late.');
    },
  });
  expect(await ask('{ park { name } }')).toEqual({
    errors: [{ message: 'Too late.', extensions: { code: 'DEADLINE_EXCEEDED' } }],
  });
});

test.each<[string, Partial<SubgraphDefinition<string>>, RegExp]>([
  ['an entity without references', { references: { Park: async () => [] } }, /cannot resolve its entities Zone/],
  [
    'references of no entity',
    { references: { Park: async () => [], Zone: async () => [], Policy: async () => [] } },
    /references for Policy/,
  ],
  ['a scalar that nobody implements', { sdl: `${SDL} scalar Colour` }, /scalars Colour/],
])('refuses %s at the start', (_, change, message) => {
  expect(() => recorded(change)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringMatching(message) }),
  );
});
