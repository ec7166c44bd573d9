import fc from 'fast-check';
import { execute, type GraphQLFormattedError, parse } from 'graphql';
import { isRecord } from '../../../src/gateway/executor/record.ts';
import { RemoteFault } from '../../../src/gateway/remote/fault.ts';
import { operationReader } from '../../../src/gateway/remote/operation.ts';
import { readAnswer } from '../../../src/gateway/remote/read-answer.ts';
import { remoteSchema } from '../../../src/gateway/remote/schema.ts';
import type { SubgraphResult } from '../../../src/subgraph/request.ts';

// Everything is nullable, so that graphql-js, which serves as the oracle, never propagates a null.
const schema = remoteSchema(
  'bonded',
  `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Date
  scalar Fen
  enum Kind { OPEN CLOSED }
  interface Place { id: ID name: String zone: Zone }
  union Spot = Park | Zone
  type Query { park: Park places: [Place] spot: Spot grid: [[Int]] constructor: String }
  type Park implements Place @key(fields: "id") { id: ID name: String zone: Zone kind: Kind staff: Int share: Float isOpen: Boolean openedOn: Date cost: Fen }
  type Zone implements Place @key(fields: "id") { id: ID name: String zone: Zone spots: [Spot] }
`,
);
const readOperation = operationReader(schema);

const OPERATIONS = [
  '{ park { id name kind staff share isOpen openedOn cost } }',
  '{ a: park { staff } b: park { x: staff y: name zone { id name zone { name } } } }',
  '{ places { id ... on Park { staff kind } ... on Zone { title: name spots { ... on Place { id } } } } }',
  'query { spot { ...Inner ... on Zone { name } } grid constructor } fragment Inner on Park { share ... on Place { name } }',
  'query ($yes: Boolean = true) { park { id @skip(if: $yes) name @include(if: $yes) __typename } __typename }',
].map((query) => readOperation(parse(query, { noLocation: true })));

const KEYS = [
  'park',
  'places',
  'spot',
  'grid',
  'constructor',
  'a',
  'b',
  'x',
  'y',
  'title',
  'id',
  'name',
  'zone',
  'kind',
  'staff',
  'share',
  'isOpen',
  'openedOn',
  'cost',
  'spots',
  '__typename',
  '__proto__',
  'toString',
  'extra',
];
const LEAVES = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 31,
    1e300,
    '',
    'text',
    'OPEN',
    'LOST',
    '2020-03-16',
    '2020-02-30',
    '150000',
    '\ud800',
    'Park',
    'Zone',
    'Place',
    'String',
  ),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const key = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...KEYS) }, fc.string());

/** As JSON text, for only so can a key be `__proto__`. */
const { value: anyJson } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    LEAVES.map((leaf) => JSON.stringify(leaf)),
    tie('object'),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
  ),
  object: fc
    .tuple(
      fc.constantFrom('"Park"', '"Zone"', '"Place"', '1'),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 12 }),
    )
    .map(([typename, entries]) => {
      const fields = entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`);
      return `{${[`"__typename":${typename}`, ...fields].join(',')}}`;
    }),
}));

const errorsJson = fc.array(
  fc.record({
    message: fc.constant('secret'),
    path: fc.array(fc.oneof(fc.constantFrom<unknown>(...KEYS, 0, 1), fc.constant('secret')), { maxLength: 4 }),
    extensions: fc.record({ code: fc.constantFrom('FORBIDDEN', 'secret', 'UNAUTHENTICATED') }),
  }),
  { maxLength: 3 },
);

/** A whole answer, and what its data is. */
const answers = fc
  .record({ data: fc.array(fc.tuple(key, anyJson), { maxLength: 12 }), errors: errorsJson })
  .map(({ data, errors }) => {
    const text = `{${data.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
    return { source: JSON.parse(text) as unknown, text: `{"data":${text},"errors":${JSON.stringify(errors)}}` };
  });

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
    anyJson,
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
    fc.property(types, fc.array(anyJson, { maxLength: 3 }), (names, found) => {
      const representations = names.map((__typename) => ({ __typename, id: '1' }));
      const text = `{"data":{"_entities":[${found.join(',')}]}}`;
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
