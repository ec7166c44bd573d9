import { compose } from '../../../../test/fixtures/synthetic/federation.ts';
import { all, Decisions, implies, isMet, NOTHING, type Requirement } from '../../src/authorization/authorize.ts';
import { loadSupergraph } from '../../src/supergraph/supergraph.ts';

const scopes = (...each: (readonly (readonly string[])[])[]): Requirement => ({ ...NOTHING, scopes: each });
const isGranted = (requirement: Requirement, ...granted: string[]) =>
  isMet(requirement, new Decisions({ authenticated: true, scopes: new Set(granted), policy: () => false }));

const PEOPLE = `
  interface Being { id: ID! name: String age: Int }
  type Person implements Being @key(fields: "id") { id: ID! name: String age: Int @requiresScopes(scopes: [["a"], ["b"]]) }
  type Ghost implements Being @authenticated { id: ID! name: String age: Int @requiresScopes(scopes: [["c"]]) }
  type Query { being: Being person: Person }`;
const MORE = `
  type Person @key(fields: "id") { id: ID! more: Int @policy(policies: [["p"]]) }
  type Query { x: Int }`;
const composed = compose({ people: PEOPLE, more: MORE });

test('a rule is the field’s, its type’s and that of what it returns', () => {
  const authenticated = { ...NOTHING, authenticated: true };
  expect(Object.fromEntries(composed.rules)).toEqual({
    'Person.age': scopes([['a'], ['b']]),
    'Person.more': { ...NOTHING, policies: [[['p']]] },
    'Ghost.id': authenticated,
    'Ghost.name': authenticated,
    'Ghost.age': { ...scopes([['c']]), authenticated: true },
  });
});

test('what two subgraphs ask for is asked for together', () => {
  const both = compose({
    a: 'type Query { x: Int @shareable @requiresScopes(scopes: [["a"], ["b"]]) }',
    b: 'type Query { x: Int @shareable @requiresScopes(scopes: [["c"]]) }',
  }).rules.get('Query.x');
  expect(both && ['a', 'b', 'c'].map((scope) => isGranted(both, scope))).toEqual([false, false, false]);
  expect(both && [isGranted(both, 'a', 'c'), isGranted(both, 'b', 'c'), isGranted(both, 'a', 'b')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('what an interface asks for beyond its types holds for each of them', () => {
  const stricter = composed.sdl.replace(
    /(interface Being[^{]*?)\n *@authenticated/,
    '$1\n  @policy(policies: [["beings"]])',
  );
  expect(stricter).not.toBe(composed.sdl);
  const { rules } = loadSupergraph(stricter);
  const policies = [[['beings']]];
  expect(rules.get('Person.name')).toEqual({ ...NOTHING, policies });
  expect(rules.get('Ghost.id')).toEqual({ ...NOTHING, authenticated: true, policies });
  expect(rules.get('Query.being')).toEqual({ ...NOTHING, policies });
  expect(rules.get('Query.person')).toEqual({ ...NOTHING, policies });
});

test('directives are known by their link, not by their usual names', () => {
  const renamed = composed.sdl
    .replace('url: "https://specs.apollo.dev/authenticated/v0.1"', '$&, as: "known"')
    .replaceAll('@authenticated', '@known');
  expect(loadSupergraph(renamed).rules).toEqual(composed.rules);
});

test('an empty list allows nobody, an empty list in it everybody', () => {
  expect(isGranted(scopes([]), 'a')).toBe(false);
  expect(isGranted(scopes([[]]))).toBe(true);
});

test.each<[string, Requirement, Requirement, boolean]>([
  ['nothing', NOTHING, NOTHING, true],
  ['less', all([scopes([['a', 'b']])]), scopes([['a']]), true],
  ['more', scopes([['a']]), scopes([['a', 'b']]), false],
  ['one of several', scopes([['a'], ['b']]), scopes([['a'], ['b'], ['c']]), true],
  [
    'the product of two',
    all([scopes([['a'], ['b']]), scopes([['c']])]),
    scopes([
      ['a', 'c'],
      ['b', 'c'],
    ]),
    true,
  ],
  ['another', scopes([['a']]), scopes([['b']]), false],
  [
    'too much to tell',
    all(Array.from({ length: 13 }, (_, i) => scopes([[`a${i}`], [`b${i}`]]))),
    scopes([['a0'], ['b0']]),
    false,
  ],
])('whether a requirement implies %s', (_, whole, part, expected) => {
  expect(implies(whole, part)).toBe(expected);
});

test('a rule that can’t be read is no supergraph', () => {
  const broken = composed.sdl.replace('[["a"], ["b"]]', '"a"');
  expect(() => loadSupergraph(broken)).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }));
});
