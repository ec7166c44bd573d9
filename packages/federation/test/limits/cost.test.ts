import { buildSchema, parse } from 'graphql';
import { costOf } from '../../src/limits/cost.ts';
import { costModel } from '../../src/limits/cost-model.ts';
import { selectOperation } from '../../src/normalise/select-operation.ts';

const types = (cost: string, listSize: string) => `
  type Query {
    park: Park
    parks(first: Int = 20): ParkConnection @${listSize}(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"])
    days: [Day] @${listSize}(assumedSize: 30)
    page(size: Int!): [Day] @${listSize}(slicingArguments: ["size"])
    nodes(ids: [ID!]!): [Day]
    search(by: By, text: String @${cost}(weight: 7)): Day
  }
  type Mutation { write: Day }
  type ParkConnection { nodes: [Park] edges: [Edge] total: Int @${cost}(weight: 5) }
  type Edge { node: Park }
  type Park @${cost}(weight: 2) { name: String zone: Zone days: [Day] }
  type Zone { name: String }
  type Day { on: String }
  input By { near: String @${cost}(weight: 3), all: [By] }
`;
const supergraph = (link: string, cost: string, listSize: string) =>
  parse(
    `schema @link(url: "https://specs.apollo.dev/link/v1.0") ${link} { query: Query mutation: Mutation } ${types(cost, listSize)}`,
  );
const model = costModel(
  supergraph('@link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"])', 'cost', 'listSize'),
);
const schema = buildSchema(types('cost', 'listSize').replace(/@(cost|listSize)\([^)]*\)/g, ''));

const price = (query: string, variables: Record<string, unknown> = {}, costs = model) =>
  costOf({ schema, costs, variables, ...selectOperation(parse(query), undefined) });

test.each([
  ['{ park { name } }', 2],
  ['{ park { zone { name } } }', 3],
  ['{ parks(first: 50) { nodes { name } } }', 1 + 50 * 2],
  ['{ parks(first: 50) { edges { node { name } } total } }', 1 + 50 * (1 + 2) + 5],
  [
    '{ parks(first: 50) { ...C } } fragment C on ParkConnection { nodes { ...P } } fragment P on Park { zone { name } }',
    1 + 50 * 3,
  ],
  ['{ parks { nodes { name } } }', 1 + 20 * 2],
  ['{ parks(first: -5) { nodes { name } } }', 1],
  ['{ days { on } }', 30],
  ['{ page(size: 3) { on } }', 3],
  ['{ park { days { on } } }', 2 + 10],
  ['{ nodes(ids: ["a"]) { on } }', 10],
  [`{ nodes(ids: ${JSON.stringify(Array.from({ length: 60 }, String))}) { on } }`, 60],
  ['{ search(text: "a", by: { near: "b", all: [{ near: "c" }] }) { on } }', 1 + 7 + 3 + 3],
  ['mutation { write { on } }', 10 + 1],
  ['{ park @skip(if: true) { name } ... @include(if: false) { days { on } } }', 0],
  ['{ __typename park { __typename } }', 2],
  ['{ a: __schema { types { name } } b: __schema { types { name } } __type(name: "A") { name } }', 2_010],
])('%s costs %i', (query, expected) => {
  expect(price(query)).toBe(expected);
});

test('variables count: as they are given, by their default, and as the largest page where they make no sense', () => {
  const query = 'query ($n: Int = 4) { parks(first: $n) { nodes { name } } }';
  expect(price(query, { n: 30 })).toBe(61);
  expect(price(query)).toBe(9);
  expect(price(query, { n: 'many' })).toBe(201);
  expect(price('query ($ids: [ID!]!) { nodes(ids: $ids) { on } }', { ids: Array(40).fill('a') })).toBe(40);
});

test('what nobody can count is the most that is told', () => {
  const fragments = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
  expect(price(`{ ...F0 } ${fragments.join(' ')} fragment F60 on Query { days { on } }`)).toBe(Number.MAX_SAFE_INTEGER);
});

test('the directives are found under the names that the links give them', () => {
  const query = '{ parks(first: 50) { nodes { name } total } }';
  const renamed = supergraph(
    '@link(url: "https://specs.apollo.dev/cost/v0.1", import: [{ name: "@cost", as: "@weighs" }, { name: "@listSize", as: "@long" }])',
    'weighs',
    'long',
  );
  expect(price(query, {}, costModel(renamed))).toBe(106);
  const prefixed = supergraph(
    '@link(url: "https://specs.apollo.dev/cost/v0.1", as: "price")',
    'price',
    'price__listSize',
  );
  expect(price(query, {}, costModel(prefixed))).toBe(106);
  expect(price(query, {}, costModel(supergraph('', 'cost', 'listSize')))).toBe(1 + 10);
});
