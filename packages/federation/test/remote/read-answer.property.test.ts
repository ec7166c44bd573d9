import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { execute, type GraphQLFormattedError, parse } from 'graphql';
import { isRecord } from '../../src/executor/record.ts';
import { RemoteFault } from '../../src/remote/fault.ts';
import { operationReader } from '../../src/remote/operation.ts';
import { readAnswer } from '../../src/remote/read-answer.ts';
import type { SubgraphResult } from '../../src/subgraph.ts';
import { SCALARS } from '../scalars.ts';

// Everything is nullable, so that graphql-js, which serves as the oracle, never propagates a null.
const schema = buildSubgraphSchema(
  parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Date
  scalar Fen
  enum Kind { OPEN CLOSED }
  interface Place { id: ID name: String zone: Zone }
  union Spot = Park | Zone
  type Query { park: Park places: [Place] spot: Spot grid: [[Int]] constructor: String }
  type Park implements Place @key(fields: "id") { id: ID name: String zone: Zone kind: Kind staff: Int share: Float isOpen: Boolean openedOn: Date cost: Fen }
  type Zone implements Place @key(fields: "id") { id: ID name: String zone: Zone spots: [Spot] }
`),
);
const readOperation = operationReader(schema, SCALARS);

const OPERATIONS = [
  '{ park { id name kind staff share isOpen openedOn cost } }',
  '{ a: park { staff } b: park { x: staff y: name zone { id name zone { name } } } }',
  '{ places { id ... on Park { staff kind } ... on Zone { title: name spots { ... on Place { id } } } } }',
  'query { spot { ...Inner ... on Zone { name } } grid constructor } fragment Inner on Park { share ... on Place { name } }',
  'query ($yes: Boolean = true) { park { id @skip(if: $yes) name @include(if: $yes) __typename } __typename }',
].map((query) => readOperation(parse(query, { noLocation: true })));

const ANY_LEAF = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 31,
    1e300,
    '',
    'OPEN',
    'LOST',
    '2020-02-30',
    '1.50',
    '\ud800',
    'Zone',
  ),
  fc.string(),
);
const RIGHT_LEAF: Readonly<Record<string, unknown>> = {
  id: 'park_1',
  name: '东疆',
  title: '保税',
  y: '',
  kind: 'OPEN',
  staff: 5,
  x: -1,
  share: 0.5,
  isOpen: false,
  openedOn: '2020-03-16',
  cost: '150000',
  constructor: 'a field like any other',
  toString: 'unasked',
  extra: 'unasked',
};
const KEYS = [...Object.keys(RIGHT_LEAF), 'park', 'spot', 'a', 'b', 'zone', 'places', 'spots', 'grid', '__typename'];

const mostly = (right: fc.Arbitrary<unknown>, wrong: fc.Arbitrary<unknown> = ANY_LEAF) =>
  fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: wrong });
const listOf = (item: fc.Arbitrary<unknown>) => fc.array(item, { maxLength: 2 });
const withFields = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record<Record<string, unknown>>(
    {
      ...Object.fromEntries(Object.entries(RIGHT_LEAF).map(([name, leaf]) => [name, mostly(fc.constant(leaf))])),
      __typename: fc.constantFrom('Park', 'Park', 'Park', 'Zone', 'Zone', 'Place', 'Query', 1),
      ...fields,
    },
    { requiredKeys: ['id', 'name', 'staff', '__typename'] },
  );

/** Mostly what is asked for, often wrong somewhere. `PROTO` becomes `__proto__` in the text, the only way to be a key. */
function place(depth: number): fc.Arbitrary<unknown> {
  if (depth === 0) return withFields({});
  const below = place(depth - 1);
  return mostly(
    withFields({ PROTO: below, zone: mostly(below, listOf(below)), spots: mostly(listOf(below), below) }),
    fc.oneof(listOf(below), ANY_LEAF),
  );
}
const PLACE = place(2);
const dataJson = withFields({
  park: PLACE,
  a: PLACE,
  b: PLACE,
  spot: PLACE,
  PROTO: PLACE,
  places: mostly(listOf(PLACE), PLACE),
  grid: mostly(listOf(mostly(listOf(mostly(fc.integer({ max: 5 })))))),
});
const textOf = (value: unknown): string => JSON.stringify(value).replaceAll('"PROTO"', '"__proto__"');

const errorsJson = fc.array(
  fc.record({
    message: fc.constant('secret'),
    path: fc.array(fc.oneof(fc.constantFrom<unknown>(...KEYS, 0, 1), fc.constant('secret')), { maxLength: 4 }),
    extensions: fc.record({ code: fc.constantFrom('FORBIDDEN', 'secret', 'UNAUTHENTICATED') }),
  }),
  { maxLength: 3 },
);

/** A whole answer, and what its data is. */
const answers = fc.record({ data: dataJson, errors: errorsJson }).map(({ data, errors }) => ({
  source: JSON.parse(textOf(data)) as unknown,
  text: `{"data":${textOf(data)},"errors":${JSON.stringify(errors)}}`,
}));

const cases = fc.tuple(fc.constantFrom(...OPERATIONS), answers);

function read(operation: (typeof OPERATIONS)[number], text: string): SubgraphResult | undefined {
  try {
    return readAnswer('bonded', text, operation, {});
  } catch (fault) {
    expect(fault).toBeInstanceOf(RemoteFault);
    return undefined;
  }
}

const RUNS = { numRuns: 400 };

test('for any JSON, what goes on is what graphql-js would answer to the operation', () => {
  fc.assert(
    fc.property(cases, ([operation, { text }]) => {
      const result = read(operation, text);
      if (!result) return;
      const again = execute({
        schema,
        document: parse(operation.query),
        rootValue: result.data,
        fieldResolver: (source, _, __, { path }) => source[path.key],
        typeResolver: (value: { __typename: string }) => value.__typename,
      });
      expect(again).toEqual({ data: result.data });
      expect(JSON.stringify(again)).toBe(JSON.stringify({ data: result.data }));
    }),
    RUNS,
  );
});

test('for any JSON, a null that the subgraph did not say has an error of ours at its place', () => {
  fc.assert(
    fc.property(cases, ([operation, { source, text }]) => {
      const result = read(operation, text);
      const told = new Set(
        (result?.errors ?? []).flatMap(({ path = [] }) => path.map((_, i) => path.slice(0, i + 1).join())),
      );
      for (const path of nullsIn(result?.data)) {
        if (ownAt(source, path) !== null && !told.has(path.join())) throw new Error(`silent null at ${path.join('.')}`);
      }
    }),
    RUNS,
  );
});

test('for any JSON, nothing of it inherits, and no text of its errors is passed on', () => {
  fc.assert(
    fc.property(cases, ([operation, { text }]) => {
      const result = read(operation, text);
      for (const object of objectsIn(result?.data)) {
        expect(Object.getPrototypeOf(Object.getPrototypeOf(object) ?? null) ?? null).toBeNull();
        expect('toString' in object && !Object.hasOwn(object, 'toString')).toBe(false);
      }
      for (const { message, path, extensions } of (result?.errors ?? []) as GraphQLFormattedError[]) {
        expect(JSON.stringify([message, path, extensions])).not.toContain('secret');
      }
    }),
    RUNS,
  );
});

test('what was taken once is taken again without an error', () => {
  fc.assert(
    fc.property(cases, ([operation, { text }]) => {
      const result = read(operation, text);
      if (!result) return;
      const again = read(operation, JSON.stringify({ data: result.data }));
      expect(again?.data).toEqual(result.data);
      expect(again?.errors ?? []).toEqual([]);
    }),
    RUNS,
  );
});

test('any text is an answer or a fault', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    PLACE.map(textOf),
    answers.map(({ text }) => text),
  );
  fc.assert(
    fc.property(fc.constantFrom(...OPERATIONS), texts, (operation, text) => {
      read(operation, text);
    }),
    RUNS,
  );
});

test('for any JSON, there is one entity for each representation, of its type, or null', () => {
  const operation = readOperation(
    parse(`query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Park { staff } ... on Zone { name } ... on Place { id } }
    }`),
  );
  const types = fc.array(fc.constantFrom('Park', 'Zone', 'Place', 'Moon'), { maxLength: 3 });
  fc.assert(
    fc.property(types, fc.array(PLACE, { maxLength: 3 }), (names, found) => {
      const representations = names.map((__typename) => ({ __typename, id: '1' }));
      const text = `{"data":{"_entities":${textOf(found)}}}`;
      if (names.length !== found.length) {
        expect(() => readAnswer('bonded', text, operation, { representations })).toThrow(RemoteFault);
        return;
      }
      const { data } = readAnswer('bonded', text, operation, { representations });
      const entities = data?._entities as ({ __typename: string } | null)[];
      expect(entities).toHaveLength(names.length);
      entities.forEach((entity, i) => {
        if (!entity) return;
        expect(names[i] === 'Place' ? ['Park', 'Zone'] : [names[i]]).toContain(entity.__typename);
        const fields = entity.__typename === 'Park' ? ['__typename', 'staff', 'id'] : ['__typename', 'name', 'id'];
        expect(Object.keys(entity)).toEqual(fields);
      });
    }),
    RUNS,
  );
});

function* nullsIn(value: unknown, path: (string | number)[] = []): Iterable<(string | number)[]> {
  if (value === null) yield path;
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* nullsIn(item, [...path, i]);
  else if (isRecord(value)) for (const name of Object.keys(value)) yield* nullsIn(value[name], [...path, name]);
}

function* objectsIn(value: unknown): Iterable<object> {
  if (Array.isArray(value)) for (const item of value) yield* objectsIn(item);
  else if (isRecord(value)) {
    yield value;
    for (const name of Object.keys(value)) yield* objectsIn(value[name]);
  }
}

function ownAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, segment) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, segment)
        ? (at as Record<string, unknown>)[segment]
        : undefined,
    value,
  );
}
