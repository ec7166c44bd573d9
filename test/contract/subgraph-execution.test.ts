import { GraphQLError, parse } from 'graphql';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import { CodedError } from '../../src/errors.ts';
import { log } from '../../src/log.ts';
import { contextOf } from '../../src/subgraph/context.ts';
import type { Call, SubgraphResult } from '../../src/subgraph/request.ts';
import { createSubgraph, USES_BEFORE_COMPILING } from '../../src/subgraph/subgraph.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  scalar DateTime
  scalar Date
  scalar Decimal
  scalar Fen
  enum Kind { OPEN CLOSED }
  interface Named { name: String! }
  union Thing = Park | Zone
  input Range { from: Date! to: Date = "2020-12-31" most: Fen }
  type Query {
    park(on: Date, kind: Kind = OPEN): Park
    parks: [Park!]!
    things: [Thing]!
    named: [Named]
    fault(how: String!): Int
    must(how: String!): Int!
    range(in: Range!): String
    bad: Bad
  }
  type Park implements Named @key(fields: "id") {
    id: ID!
    name: String!
    kind: Kind
    area: Decimal
    budget: Fen
    openedOn: Date
    updatedAt: DateTime
    zone: Zone
    grid: [[Int!]]
    slow: String
  }
  type Zone implements Named @key(fields: "id") { id: ID! name: String! parks: [Park] }
  type Bad { day: Date mustDay: Date! kind: Kind list: [Int!] wrong: [Int] }
`;

const zone = { id: 'zone_a', name: 'A', parks: [{ id: 'park_1', name: '1', kind: 'OPEN' }, null] };
const park = {
  id: 'park_1',
  name: '1',
  kind: 'CLOSED',
  area: '10.30',
  budget: 12345678901234567890n,
  openedOn: '2016-11-22',
  updatedAt: new Date(0),
  zone,
  grid: [[1, 2], null, []],
};

const fail = (_: unknown, { how }: { how: string }) => {
  switch (how) {
    case 'coded':
      throw new CodedError('THROTTLED', 'Try later.', { details: { retryAfter: 2 } });
    case 'graphql':
      throw new GraphQLError('a library says', { extensions: { code: 'LIBRARY' } });
    case 'returned':
      return new CodedError('CONFLICT', 'Changed.');
    case 'rejected':
      return Promise.reject(new TypeError('secret of the inside'));
    default:
      throw 'text';
  }
};

const subgraph = createSubgraph({
  name: 'parks',
  sdl: SDL,
  resolvers: {
    Query: {
      park: (_: unknown, args: { on?: string; kind: string }) => ({ ...park, name: `${args.on} ${args.kind}` }),
      parks: async () => [park, { ...park, name: null }],
      things: () => [
        { __typename: 'Park', ...park },
        { __typename: 'Zone', ...zone },
        new CodedError('FORBIDDEN', 'Not this.'),
      ],
      named: () => [{ __typename: 'Zone', ...zone }, null],
      fault: fail,
      must: fail,
      range: (_: unknown, args: { in: { from: string; to: string; most?: bigint } }) =>
        `${args.in.from} ${args.in.to} ${typeof args.in.most}`,
      bad: () => ({ day: 'yesterday', mustDay: '2020-02-30', kind: 'LOST', list: [1, null], wrong: 7 }),
    },
    Park: { slow: async () => 'late' },
  },
  references: {
    Park: async (representations) =>
      representations.map(({ id }) =>
        id === 'park_x' ? new CodedError('FORBIDDEN', 'Not this park.') : id === 'park_0' ? null : { ...park, id },
      ),
    Zone: async () => {
      throw new Error('the table is gone');
    },
  },
  context: (call) => ({ ...contextOf(call, {}), log: { ...log, error: () => {} } }),
});

const call: Call = {
  requestId: 'r-1',
  viewer: ANONYMOUS,
  now: new Date(0),
  locale: 'ZH',
  deadline: Number.MAX_SAFE_INTEGER,
  signal: new AbortController().signal,
};

/** The result of the first use, and of the first one that is compiled. */
async function bothWays(query: string, variables = {}): Promise<[SubgraphResult, SubgraphResult]> {
  const document = parse(query);
  const first = await subgraph({ document, query, variables, call });
  let last = first;
  for (let use = 0; use < USES_BEFORE_COMPILING; use += 1) last = await subgraph({ document, query, variables, call });
  return [first, last];
}

const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Park { id name } ... on Zone { name } } }`;

const CASES: readonly (readonly [string, string, object?])[] = [
  ['every scalar', '{ park { id name kind area budget openedOn updatedAt grid slow } }'],
  ['arguments', '{ park(on: "2020-03-16", kind: CLOSED) { name } }'],
  ['variables', 'query ($on: Date) { park(on: $on) { name } }', { on: '2020-03-16' }],
  ['no variable', 'query ($on: Date) { park(on: $on) { name } }', {}],
  ['null propagated', '{ parks { id name } }'],
  ['abstract types', '{ things { __typename ... on Named { name } ... on Park { area } } named { name } }'],
  ['conditions', 'query ($a: Boolean!) { park { id @skip(if: $a) name @include(if: $a) } }', { a: true }],
  ['aliases', '{ a: park { x: id } a: park { y: name } }'],
  ['nested lists with a null', '{ park { zone { parks { id } } } }'],
  ['a coded fault', '{ fault(how: "coded") park { id } }'],
  ["a library's fault", '{ fault(how: "graphql") }'],
  ['a returned fault', '{ fault(how: "returned") }'],
  ['a rejected promise', '{ fault(how: "rejected") }'],
  ['a thrown text', '{ fault(how: "text") }'],
  ['a fault of a non-null field', '{ park { id } must(how: "coded") }'],
  ['output in a wrong form', '{ bad { day kind list wrong } }'],
  ['output in a wrong form where it must be', '{ bad { mustDay } }'],
  ['a wrong literal', '{ park(on: "2020-02-30") { id } }'],
  ['a wrong variable', 'query ($on: Date) { park(on: $on) { id } }', { on: '2020-02-30' }],
  ['a wrong enum variable', 'query ($k: Kind) { park(kind: $k) { id } }', { k: 'NEITHER' }],
  ['a missing variable', 'query ($r: Range!) { range(in: $r) }'],
  ['an input object', 'query ($r: Range!) { range(in: $r) }', { r: { from: '2020-01-01', most: '5' } }],
  ['a literal input object', '{ range(in: { from: "2020-01-01" }) }'],
  ['a wrong input object', 'query ($r: Range!) { range(in: $r) }', { r: { from: 5, most: 5 } }],
  ['entities', ENTITIES, { r: ['park_2', 'park_0', 'park_x', 'park_3'].map((id) => ({ __typename: 'Park', id })) }],
  [
    'entities of a type that fails',
    ENTITIES,
    {
      r: [
        { __typename: 'Zone', id: 'a' },
        { __typename: 'Park', id: 'park_2' },
        { __typename: 'Moon', id: 'b' },
      ],
    },
  ],
];

/** As it is sent; the order of errors is nobody's promise. */
function comparable({ data, errors }: SubgraphResult): unknown {
  return JSON.parse(JSON.stringify({ data, errors: errors?.map((error) => JSON.stringify(error)).sort() }));
}

test.each(CASES.map(([name, query, variables = {}]) => [name, query, variables] as const))(
  'compiled and interpreted agree: %s',
  async (_, query, variables) => {
    const [interpreted, compiled] = await bothWays(query, variables);
    expect(comparable(compiled)).toEqual(comparable(interpreted));
  },
);
