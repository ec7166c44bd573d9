import { buildSchema, type DocumentNode, parse, stripIgnoredCharacters, validate, validateSchema } from 'graphql';
import { CodedError } from '../../src/errors.ts';
import { fieldKeys } from '../../src/normalise/field-key.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import { selectOperation } from '../../src/normalise/select-operation.ts';

const schema = buildSchema(`
  enum Locale { ZH EN }
  input Near { lat: Float lon: Float }
  interface Media { title: String of: Park }
  type Photo implements Media { title(short: Boolean): String width(unit: String): Int at: Park of: Park! }
  type Film implements Media { title: String length: Int of: Park }
  union Thing = Park | Photo | Film
  type Park { id: ID! name(locale: Locale): String resumption: Int media: [Media] thing: Thing near(to: Near): Park twin: Park }
  type Query { park: Park media: [Media] thing: Thing }
  type Mutation { open: Park close: Park }
  type Subscription { news: Park }
`);
const keyOf = fieldKeys(schema);
const INTERFACE_OBJECTS = new Map([['Media', new Set(['fans'])]]);

function normalised(query: string, conditions: Record<string, boolean> = {}, operationName?: string): string {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return short(normalise(schema, keyOf, selectOperation(document, operationName), conditions).query);
}

/** Keys without their hashes. */
function short(query: string | undefined): string {
  return stripIgnoredCharacters(query ?? '').replace(/(_a_\w+)_[0-9a-f]{16}:/g, '$1:');
}

test('the schema of these tests is valid', () => {
  expect(validateSchema(schema)).toEqual([]);
});

test.each([
  ['plain names stay', '{ park { id resumption } }', '{park{id resumption}}'],
  ['an alias that takes the name of a key', '{ park { id: name resumption } }', '{park{_a_id:name resumption}}'],
  ['a field that takes arguments', '{ park { name(locale: EN) } }', '{park{_a_name:name(locale:EN)}}'],
  ['a field that takes arguments, without any', '{ park { name } }', '{park{_a_name:name}}'],
  ['an alias that is the name', '{ park { id: id } }', '{park{id}}'],
  ['an alias to __typename', '{ park { __typename: id } }', '{park{_a___typename:id}}'],
  ['a hostile alias', '{ park { __proto__: id } }', '{park{_a___proto__:id}}'],
  ['an alias that looks normalised', '{ park { _a_id_0: id } }', '{park{_a__a_id_0:id}}'],
  ['__typename alone shows that the object is there', '{ park { t: __typename } }', '{park{__typename}}'],
  ['__typename beside others is known anyway', '{ park { __typename id } }', '{park{id}}'],
  ['abstract types tell their type', '{ media { title } }', '{media{__typename _a_title:title}}'],
  [
    'an interface field that takes arguments on one implementation has one key everywhere',
    '{ media { ... on Photo { title } ... on Film { title } } }',
    '{media{__typename ...on Photo{_a_title:title}...on Film{_a_title:title}}}',
  ],
  [
    'fragments on the type itself or on all of it are written out',
    '{ park { ...F ... on Park { twin { ... on Thing { ... on Park { id } } } } } } fragment F on Park { id }',
    '{park{id twin{id}}}',
  ],
  [
    'fragments on a union within another type stay',
    '{ media { ... on Thing { ... on Media { title } ... on Film { length } } } }',
    '{media{__typename ...on Thing{...on Media{_a_title:title}...on Film{length}}}}',
  ],
  ['introspection is left out', '{ __schema { queryType { name } } park { id } }', '{park{id}}'],
  [
    'literal conditions are settled',
    '{ park { id @skip(if: true) resumption @include(if: true) } }',
    '{park{resumption}}',
  ],
  ['a mutation stays one', 'mutation { open { id } close { id } }', 'mutation{open{id}close{id}}'],
])('%s', (_, query, expected) => {
  expect(normalised(query)).toBe(expected);
});

test.each([
  ['fields alone', '{ media { title } }', '{media{_a_title:title}}'],
  [
    'fields in fragments on all of it',
    '{ media { ...F } } fragment F on Media { ... { title } }',
    '{media{_a_title:title}}',
  ],
  ['nothing but what is left out', '{ media { title @skip(if: true) } }', '{media{_present:__typename}}'],
  ['the type', '{ media { title t: __typename } }', '{media{__typename _a_title:title}}'],
  [
    'a type under a condition',
    '{ media { title ... on Film { length } } }',
    '{media{__typename _a_title:title ...on Film{length}}}',
  ],
  ['a field that a type is stricter of', '{ media { of { id } } }', '{media{__typename of{id}}}'],
])('an interface object tells its type only where that is asked for: %s', (_, query, expected) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const selected = selectOperation(document, undefined);
  expect(short(normalise(schema, keyOf, selected, {}, new Set(), INTERFACE_OBJECTS).query)).toBe(expected);
});

test('an interface object tells its type where a field is denied to some of its types', () => {
  const selected = selectOperation(parse('{ media { title } }'), undefined);
  const { query } = normalise(schema, keyOf, selected, {}, new Set(['Film.title']), INTERFACE_OBJECTS);
  expect(short(query)).toBe('{media{__typename ...on Photo{_a_title:title}}}');
});

test('conditions are settled for one set of variables, and only used variables stay', () => {
  const query = `query Q($s: Boolean!, $l: Locale, $m: Locale) {
    park { id @skip(if: $s) a: name(locale: $l) @include(if: $s) b: name(locale: $m) @skip(if: $s) } }`;
  expect(normalised(query, { s: true })).toBe('query($_v_l:Locale){park{_a_a:name(locale:$_v_l)}}');
  expect(normalised(query, { s: false })).toBe('query($_v_m:Locale){park{id _a_b:name(locale:$_v_m)}}');
});

test('only the operation that is named is left', () => {
  const query = 'query A { park { id } } query B { thing { __typename } }';
  expect(normalised(query, {}, 'B')).toBe('{thing{__typename}}');
});

test('nothing is left of what needs no subgraph', () => {
  expect(normalised('{ __typename t: __typename __schema { queryType { name } } }')).toBe('');
});

test('a key stands for its field and arguments, in whatever order they are written', () => {
  const keys = (query: string) => [...document(query).matchAll(/_a_\w+/g)].map(([key]) => key);
  const document = (query: string) =>
    normalise(schema, keyOf, selectOperation(parse(query), undefined), {}).query ?? '';
  const [one, same, other] = keys(`{ park {
    near(to: { lat: 1, lon: 2 }) { id } near(to: { lon: 2, lat: 1 }) { id } n: near(to: { lat: 2, lon: 1 }) { id } } }`);
  expect(one).toBe(same);
  expect(other).not.toBe(one);
  const [a, b] = keys('{ thing { ... on Park { x: id } ... on Photo { x: width } } }');
  expect(a).not.toBe(b);
});

test('every key is a name of GraphQL', () => {
  const { query } = normalise(
    schema,
    keyOf,
    selectOperation(parse('{ park { __A9_: name(locale: EN) } }'), undefined),
    {},
  );
  const { definitions }: DocumentNode = parse(query ?? '');
  expect(definitions).toHaveLength(1);
});

test('keys lead back to the client’s', () => {
  const { keys } = normalise(schema, keyOf, selectOperation(parse('{ p: park { id: name id2: id } }'), undefined), {});
  const [[, park] = []] = [...keys];
  expect(park?.responseKey).toBe('p');
  expect([...(park?.below.values() ?? [])].map(({ responseKey }) => responseKey)).toEqual(['id', 'id2']);
});

function refusal(query: string, operationName?: string): string {
  try {
    normalise(schema, keyOf, selectOperation(parse(query), operationName), {});
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return 'none';
}

test.each([
  ['a subscription', 'subscription { news { id } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['@defer', '{ park { ... @defer { id } } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['@stream', '{ media @stream(initialCount: 1) { title } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown field', '{ park { nothing } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['no operation of the name', 'query A { park { id } }', 'B', 'OPERATION_RESOLUTION_FAILURE'],
  [
    'two operations and no name',
    'query A { park { id } } query B { park { id } }',
    undefined,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  [
    'a fragment within itself',
    '{ park { ...F } } fragment F on Park { twin { ...F } }',
    undefined,
    'OPERATION_TOO_COMPLEX',
  ],
])('%s is refused', (_, query, operationName, code) => {
  expect(refusal(query, operationName)).toBe(code);
});

test('fragments that multiply are refused, and those that only repeat are not', () => {
  const bomb = (body: (next: string) => string) =>
    `{ park { ...F0 } } ${Array.from({ length: 30 }, (_, i) => `fragment F${i} on Park { ${body(`...F${i + 1}`)} }`).join(' ')}
     fragment F30 on Park { id }`;
  expect(refusal(bomb((next) => `a: twin { ${next} } b: twin { ${next} }`))).toBe('OPERATION_TOO_COMPLEX');
  expect(refusal(bomb((next) => `${next} ${next}`))).toBe('none');
});
