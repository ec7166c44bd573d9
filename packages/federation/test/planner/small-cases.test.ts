import { bothAnswers } from '../../../../test/fixtures/synthetic/both-answers.ts';
import { federation } from '../../../../test/fixtures/synthetic/federation.ts';
import type { ReadField, WorldRules } from '../../../../test/fixtures/synthetic/world.ts';

/** A small supergraph, a query, and the subgraphs that answer it, each wave's in alphabetical order. */
interface SmallCase {
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly rules?: WorldRules;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** How many calls of subgraphs there may be. */
  readonly calls: number;
}

const text = (path: string[], args?: object) => (read: ReadField) => JSON.stringify(read(path, args));

const CASES: Readonly<Record<string, SmallCase>> = {
  'two keys and a field with @requires in the same subgraph': {
    subgraphs: {
      a: 'type P @key(fields: "id") { id: ID! size: Int } type Query { p: P! }',
      b: `type P @key(fields: "id") @key(fields: "code") { id: ID! code: String! size: Int @external
        area: String @requires(fields: "size") }`,
    },
    rules: { computed: { 'P.area': text(['size']) }, safe: ['P.size', 'Query.p'] },
    query: '{ p { area } }',
    calls: 2,
  },
  'a field with @requires of a type that its own subgraph led back to': {
    subgraphs: {
      parks: 'type Park @key(fields: "id") { id: ID! name: String } type Query { park: Park! }',
      firms: `type Park @key(fields: "id") { id: ID! firm: Firm! name: String @external label: String @requires(fields: "name") }
        type Firm @key(fields: "id") { id: ID! park: Park! }`,
    },
    rules: { computed: { 'Park.label': text(['name']) }, safe: ['Park.name', 'Query.park', 'Park.firm', 'Firm.park'] },
    query: '{ park { firm { park { label } } } }',
    calls: 4,
  },
  "a partner's field by a bare id": {
    subgraphs: {
      firms: 'type Firm @key(fields: "id") { id: ID! name: String } type Query { firm: Firm! }',
      ports: 'type Firm @key(fields: "id") { id: ID! stock: Stock } type Stock { free: Int firm: Firm }',
    },
    rules: { safe: ['Query.firm', 'Firm.stock', 'Stock.firm', 'Firm.name'] },
    query: '{ firm { stock { firm { name } } } }',
    calls: 3,
  },
  'three keys, a field back to the type, and a chain of two @requires': {
    subgraphs: {
      a: 'type P @key(fields: "id") @key(fields: "code") { id: ID! code: String! n: Int } type Query { p: P! }',
      b: `type P @key(fields: "code") @key(fields: "sku") { code: String! sku: String! n: Int @external
        one: String @requires(fields: "n") again: P! }`,
      c: 'type P @key(fields: "sku") { sku: String! one: String @external two: String @requires(fields: "one") }',
    },
    rules: {
      computed: { 'P.one': text(['n']), 'P.two': text(['one']) },
      safe: ['P.n', 'P.one', 'Query.p', 'P.again'],
    },
    query: '{ p { again { two } } }',
    calls: 5,
  },
  'a fetch below a type condition waits for whoever told the type': {
    subgraphs: {
      a: `interface I { id: ID! } type X1 implements I @key(fields: "id") { id: ID! } type X2 implements I @key(fields: "id") { id: ID! }
        type Query { i: [I!]! }`,
      b: 'type X2 @key(fields: "id") { id: ID! deep: Deep! } type Deep @key(fields: "id") { id: ID! }',
      c: 'type Deep @key(fields: "id") { id: ID! code: String! }',
    },
    rules: { safe: ['Query.i', 'X2.deep'] },
    query: '{ i { ... on X2 { deep { code } } } }',
    calls: 3,
  },
  'an interface object is asked for each type apart': {
    subgraphs: {
      media: `interface Media @key(fields: "id") { id: ID! } type Film implements Media @key(fields: "id") { id: ID! }
        type Song implements Media @key(fields: "id") { id: ID! } type Query { media: [Media!]! }`,
      social: `type Media @key(fields: "id") @interfaceObject { id: ID! fans(first: Int): [Int!] }
        type Fan { loves: [Media!]! } type Query { fan: Fan! }`,
    },
    rules: { safe: ['Query.fan', 'Fan.loves', 'Query.media'], belongsTo: { fans: 'Media' } },
    query: 'query ($v: Int) { fan { loves { ... on Film { fans(first: $v) } ... on Song { fans } } } }',
    variables: { v: 2 },
    calls: 3,
  },
  "the interface's owner is asked where only the type is wanted": {
    subgraphs: {
      accounts: `interface Account @key(fields: "id") { id: ID! } type Person implements Account @key(fields: "id") { id: ID! }
        type Firm implements Account @key(fields: "id") { id: ID! } type Query { x: Int }`,
      balances:
        'type Account @key(fields: "id") @interfaceObject { id: ID! name: String } type Query { accounts: [Account!]! }',
    },
    rules: { safe: ['Query.accounts'], belongsTo: { name: 'Account' } },
    query: '{ accounts { name __typename } }',
    calls: 2,
  },
  'an interface object that is only asked to be there': {
    subgraphs: {
      accounts: `interface Account @key(fields: "id") { id: ID! } type Person implements Account @key(fields: "id") { id: ID! }
        type Query { x: Int }`,
      balances:
        'type Account @key(fields: "id") @interfaceObject { id: ID! name: String } type Query { accounts: [Account!]! }',
    },
    rules: { safe: ['Query.accounts'], belongsTo: { name: 'Account' } },
    query: '{ accounts { name @skip(if: true) } }',
    calls: 1,
  },
  'fields that are named as the properties of any object': {
    subgraphs: {
      a: 'type P @key(fields: "id") { id: ID! constructor: Int toString: P! } type Query { valueOf: P! hasOwnProperty: Int }',
      b: 'type P @key(fields: "id") { id: ID! isPrototypeOf: Int }',
    },
    rules: { safe: ['Query.valueOf', 'Query.hasOwnProperty', 'P.constructor', 'P.toString', 'P.isPrototypeOf'] },
    query: '{ hasOwnProperty valueOf { constructor isPrototypeOf toString { constructor isPrototypeOf } } }',
    calls: 2,
  },
  "a mutation's fields that one subgraph answers share a request, the last with fetches below it": {
    subgraphs: {
      a: `type P @key(fields: "id") { id: ID! n: Int } type Query { p: P! } type Mutation { open(x: Int): P! close(x: Int): P! }`,
      b: 'type P @key(fields: "id") { id: ID! m: Int } type Mutation { move: P! }',
    },
    rules: { safe: ['Mutation.open', 'Mutation.close', 'Mutation.move'] },
    query:
      'mutation { open(x: 1) { n } close(x: 1) { n } again: open(x: 2) { n m } last: close(x: 2) { n } move { m } }',
    calls: 4,
  },
  'two positions that one request can answer': {
    subgraphs: {
      a: 'type P @key(fields: "id") { id: ID! } type Query { near: P! far: P! }',
      b: 'type P @key(fields: "id") { id: ID! x: Int @shareable }',
      c: 'type P @key(fields: "id") { id: ID! x: Int @shareable y: Int }',
    },
    rules: { safe: ['Query.near', 'Query.far', 'P.x', 'P.y'] },
    query: '{ near { x } far { y } }',
    calls: 2,
  },
  'two positions that one request can answer, at different depths': {
    subgraphs: {
      a: 'type P @key(fields: "id") { id: ID! } type V { p: P! } type Query { near: V! far: P! }',
      b: 'type P @key(fields: "id") { id: ID! x: Int @shareable }',
      c: 'type P @key(fields: "id") { id: ID! x: Int @shareable y: Int }',
    },
    rules: { safe: ['Query.near', 'Query.far', 'V.p', 'P.x', 'P.y'] },
    query: '{ near { p { x } } far { y } }',
    calls: 2,
  },
  'one field is required twice with different arguments': {
    subgraphs: {
      a: 'type P @key(fields: "id") { id: ID! price(currency: String): Int } type Query { p: P! }',
      b: `type P @key(fields: "id") { id: ID! price(currency: String): Int @external
        euro: String @requires(fields: "price(currency: \\"EUR\\")") yuan: String @requires(fields: "price(currency: \\"CNY\\")") }`,
    },
    rules: {
      computed: {
        'P.euro': text(['price'], { currency: 'EUR' }),
        'P.yuan': text(['price'], { currency: 'CNY' }),
      },
      safe: ['P.price', 'Query.p'],
    },
    query: '{ p { euro price(currency: "USD") yuan } }',
    calls: 2,
  },
  'a member of a union that the other subgraph lacks': {
    subgraphs: {
      a: 'union Pick = Book | Song type Book @shareable { title: String } type Song { length: Int } type Query { picks: [Pick!]! }',
      b: 'union Pick = Book type Book @shareable { title: String } type Query { other: Pick }',
    },
    rules: { safe: ['Query.picks'] },
    query: '{ picks { __typename ... on Song { length } } }',
    calls: 1,
  },
  'fields of one key with different types under two type conditions': {
    subgraphs: {
      a: `interface I { v: Int } type A implements I @key(fields: "id") { id: ID! v: Int! } type B implements I @key(fields: "id") { id: ID v: Int }
        type Query { i: [I!]! }`,
      b: 'type A @key(fields: "id") { id: ID! w: Int } type B @key(fields: "id") { id: ID w: Int }',
    },
    rules: { safe: ['Query.i', 'A.v'] },
    query: '{ i { v ... on A { w } ... on B { w } } }',
    calls: 2,
  },
  'a field of an entity is provided on the way there, and fetched otherwise': {
    subgraphs: {
      a: 'type P @key(fields: "id") { id: ID! name: String @shareable } type Query { p: P! }',
      b: 'type P @key(fields: "id") { id: ID! name: String @external } type Query { near: P! @provides(fields: "name") far: P! }',
    },
    rules: { safe: ['P.name', 'Query.near', 'Query.far'] },
    query: '{ near { name } far { name } }',
    calls: 2,
  },
  'two fetches of one subgraph in different waves, of which the first can wait': {
    subgraphs: {
      a: 'type P @key(fields: "id") { id: ID! } type Query { near: P! far: R! } type R @key(fields: "id") { id: ID! }',
      b: 'type R @key(fields: "id") { id: ID! p: P! } type P @key(fields: "id", resolvable: false) { id: ID! }',
      c: 'type P @key(fields: "id") { id: ID! name: String }',
    },
    rules: { safe: ['Query.near', 'Query.far', 'R.p'] },
    query: '{ near { name } far { p { name } } }',
    calls: 3,
  },
  'a chain of ten @requires': {
    subgraphs: Object.fromEntries(
      Array.from({ length: 11 }, (_, i) => [
        `s${i}`,
        i === 0
          ? 'type P @key(fields: "id") { id: ID! f0: String } type Query { p: P! }'
          : `type P @key(fields: "id") { id: ID! f${i - 1}: String @external f${i}: String @requires(fields: "f${i - 1}") }`,
      ]),
    ),
    rules: {
      computed: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`P.f${i + 1}`, text([`f${i}`])])),
      safe: ['Query.p', ...Array.from({ length: 11 }, (_, i) => `P.f${i}`)],
    },
    query: '{ p { f10 } }',
    calls: 11,
  },
  'thirty subgraphs, each field in two of them': {
    subgraphs: Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `s${i}`,
        `type P @key(fields: "id") { id: ID! f${i}: Int @shareable f${(i + 1) % 30}: Int @shareable }
          ${i === 0 ? 'type Query { p: P! }' : ''}`,
      ]),
    ),
    rules: { safe: ['Query.p', ...Array.from({ length: 30 }, (_, i) => `P.f${i}`)] },
    query: `{ p { ${Array.from({ length: 30 }, (_, i) => `f${i}`).join(' ')} } }`,
    calls: 15,
  },
};

test.each(Object.entries(CASES))('%s', async (_, { subgraphs, rules = {}, query, variables = {}, calls }) => {
  const fixture = federation(subgraphs, rules);
  const { federated, whole } = await bothAnswers(fixture, { query, variables });
  expect(federated).toEqual(whole);
  expect(JSON.stringify(whole.data)).not.toBe('null');
  expect(fixture.requests.length).toBeLessThanOrEqual(calls);
});
