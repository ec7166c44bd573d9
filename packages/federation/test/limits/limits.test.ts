import { getIntrospectionQuery, parse } from 'graphql';
import { lexed } from '../../src/limits/document-text.ts';
import {
  enforceLimits,
  isOf,
  jsonDepth,
  jsonShape,
  jsonValues,
  LIMITS,
  staticLimits,
} from '../../src/limits/limits.ts';

const times = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => of(i)).join(' ');

/** What a limit of documents finds. */
function found(name: string, text: string): number {
  const limit = LIMITS.find((candidate) => candidate.name === name);
  if (!limit || !isOf(limit, 'document')) throw new Error(`${name} is not a limit of documents`);
  return limit.measure(parse(text));
}

test('the list can’t be changed', () => {
  expect(Object.isFrozen(LIMITS)).toBe(true);
  expect(new Set(LIMITS.map(({ name }) => name)).size).toBe(LIMITS.length);
});

test.each([
  ['depth', '{ a { b { c } } d }', 3],
  ['depth', '{ a { ...F } } fragment F on A { b { c } }', 3],
  ['depth', '{ a { ... { ... on B { b } } } }', 2],
  ['depth', 'fragment F on A { a { b } }', 2],
  ['fields', '{ a { b } ...F ...F } fragment F on Query { c d { e } }', 8],
  ['aliases', '{ a: __typename b: c ...F ...F } fragment F on Query { d: e }', 4],
  ['directives', 'query ($a: Int @x) @x { a @x @y ... @x { b } ...F @x } fragment F on Query @x { c }', 7],
  ['repeats', '{ a a { b } a: c }', 3],
  ['repeats', '{ a { b b } a { b ... { b } } }', 4],
  ['repeats', '{ a { ...F } a { ...F b } } fragment F on A { b }', 2],
  ['rootFields', '{ a { b c d } e ... { f } ...F } fragment F on Query { g { h } }', 4],
  ['rootFields', 'query A { a } query B { a b } fragment F on C { d e f }', 2],
  ['introspectionDepth', '{ __schema { types { fields { type { fields { name } } } } } }', 2],
  ['introspectionDepth', '{ __type(name: "A") { interfaces { name } fields { name } } }', 1],
  ['introspectionDepth', '{ fields { fields { fields } } }', 0],
  [
    'introspectionDepth',
    '{ ...Q } fragment Q on Query { __schema { types { ...T } } } fragment T on __Type { possibleTypes { interfaces { name } } }',
    2,
  ],
])('%s of %s', (name, text, expected) => {
  expect(found(name, text)).toBe(expected);
});

test('a fragment that spreads itself, or that stands for more than anybody can count, comes to an end', () => {
  const circle = '{ a { ...A } } fragment A on X { b { ...B } } fragment B on X { c { ...A } d { ...A } }';
  const bomb = `{ ...F0 } ${times(200, (i) => `fragment F${i} on Query { a { ...F${i + 1} } b { ...F${i + 1} } }`)} fragment F200 on Query { c }`;
  for (const name of ['depth', 'fields', 'aliases', 'repeats', 'rootFields', 'introspectionDepth']) {
    expect(found(name, circle)).toBeLessThan(20);
  }
  expect(found('fields', bomb)).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([
  ['documentSize', `#${'x'.repeat(20_000)}\n{ a }`],
  ['tokens', `{ ${times(2_100, (i) => `f${i}`)} }`],
  ['nesting', `{ a(b: ${'['.repeat(40)}${']'.repeat(40)}) }`],
  ['nesting', '{'.repeat(900)],
  ['depth', `${'{ a '.repeat(17)}${'}'.repeat(17)}`],
  ['fields', `{ ${times(501, (i) => `f${i}`)} }`],
  ['aliases', `{ ${times(41, (i) => `a${i}: __typename`)} }`],
  ['directives', `{ a ${'@x '.repeat(41)} }`],
  ['repeats', `{ ${'__typename '.repeat(21)} }`],
  ['rootFields', `{ ${times(21, (i) => `f${i}`)} }`],
  ['introspectionDepth', '{ __schema { types { fields { type { fields { name } } } } } }'],
])('%s: what passes it is refused with what is allowed and what was found', (limit, text) => {
  const hold = staticLimits(LIMITS);
  expect(() => hold(text)).toThrow(
    expect.objectContaining({
      code: 'OPERATION_TOO_COMPLEX',
      details: { limit, allowed: expect.any(Number), found: expect.any(Number) },
    }),
  );
});

test('what tools ask to know a schema passes', () => {
  const hold = staticLimits(LIMITS);
  const everything = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, oneOf: true };
  hold(getIntrospectionQuery());
  hold(getIntrospectionQuery({ ...everything, inputValueDeprecation: true }));
});

test('what is no document is left to the parser', () => {
  const hold = staticLimits(LIMITS);
  for (const text of ['', '{', '"', '\u0000', '}}}}']) hold(text);
});

test('tokens are counted no further than is of use', () => {
  expect(lexed('a '.repeat(100_000), 10)).toEqual({ characters: 200_000, tokens: 11, nesting: 0 });
});

test('JSON is measured whatever its depth', () => {
  const deep = jsonShape(JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`));
  expect([jsonDepth.measure(deep), jsonValues.measure(deep)]).toEqual([200_000, 200_000]);
  const small = jsonShape({ a: [1, { b: null }] });
  expect([jsonDepth.measure(small), jsonValues.measure(small)]).toEqual([3, 5]);
});

test('bytes have a code of their own', () => {
  expect(() => enforceLimits('bytes', 600_000)).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
});
