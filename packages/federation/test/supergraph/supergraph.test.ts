import { composeServices } from '@apollo/composition';
import { coerceInputValue, type GraphQLInputType, parse, printSchema, validate, validateSchema } from 'graphql';
import { loadSupergraph } from '../../src/supergraph/supergraph.ts';
import { SCALARS } from '../../test/scalars.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@inaccessible", { name: "@tag", as: "@label" }, "@requires", "@external", "@cost", "@listSize",
  "@authenticated", "@context", "@fromContext"
])
`;

/** The supergraph SDL of subgraphs `a`, `b`, … */
function compose(...sdl: string[]): string {
  const result = composeServices(
    sdl.map((text, i) => ({ name: String.fromCharCode(97 + i), typeDefs: parse(LINK + text), url: '' })),
  );
  if (!result.supergraphSdl) throw new Error(result.errors?.join('\n'));
  return result.supergraphSdl;
}

const PARKS = `
  type Query { park(id: ID!): Park @cost(weight: 3)  secret: Hidden @inaccessible }
  """A science park."""
  type Park implements Named & Sealed @key(fields: "id") {
    id: ID!
    name(locale: Locale = ZH): String @label(name: "public")
    seal: Int @inaccessible
    kind: Kind
    old: String @deprecated(reason: "Use name.")
    openedAt: DateTime
  }
  interface Named { name(locale: Locale = ZH): String }
  interface Sealed @inaccessible { seal: Int }
  enum Kind { OPEN SECRET @inaccessible }
  enum Locale { ZH JA EN }
  type Hidden @inaccessible { x: Int }
  union Thing = Park | Hidden
  scalar DateTime @specifiedBy(url: "https://example.org/date-time")`;

const ENTERPRISES = `
  type Query { parks(first: Int, trace: Boolean @inaccessible): [Park!]! @listSize(slicingArguments: ["first"]) }
  type Park @key(fields: "id") { id: ID! name(locale: Locale = ZH): String @external label: String @requires(fields: "name(locale: EN)") }
  enum Locale { ZH JA EN }
  type Mutation { count(input: CountInput!): Int }
  input CountInput { visible: Int internal: Int @inaccessible }`;

test('the public schema has what clients may use, and nothing of the features', () => {
  const { apiSchema, apiSdl, subgraphs } = loadSupergraph(compose(PARKS, ENTERPRISES));
  expect(subgraphs).toEqual(['a', 'b']);
  expect(validateSchema(apiSchema)).toEqual([]);
  expect(apiSdl).not.toMatch(/__|@link|@label|@cost|@listSize|@inaccessible|seal|SECRET|Hidden|internal|trace/i);
  expect(apiSdl).toContain('type Park implements Named {');
  expect(apiSdl).toContain('"""A science park."""');
  expect(apiSdl).toContain('@deprecated(reason: "Use name.")');
  expect(apiSdl).toContain('@specifiedBy(url: "https://example.org/date-time")');
  expect(apiSdl).toContain('union Thing = Park\n');
  expect(printSchema(apiSchema)).not.toMatch(/directive @/);
});

test('features are known by their link, not by their usual names', () => {
  const renamed = compose(PARKS, ENTERPRISES)
    .replace('@link(url: "https://specs.apollo.dev/inaccessible/v0.2"', '$& as: "hide"')
    .replaceAll('@inaccessible', '@hide')
    .replace('@link(url: "https://specs.apollo.dev/join/v0.5"', '$& as: "j"')
    .replaceAll(/\bjoin__/g, 'j__');
  expect(loadSupergraph(renamed).apiSdl).toBe(loadSupergraph(compose(PARKS, ENTERPRISES)).apiSdl);
  expect(loadSupergraph(renamed).subgraphs).toEqual(['a', 'b']);
});

test('input of known scalars is checked, and passed on as it came', () => {
  const sdl = compose('type Query { at(on: Date, of: Colour): Int } scalar Date scalar Colour');
  const { apiSchema } = loadSupergraph(sdl, { scalars: { Date: SCALARS.Date, Fen: SCALARS.Fen } });
  const faults = (query: string) => validate(apiSchema, parse(query)).map(({ message }) => message);
  expect(faults('{ at(on: "2020-02-29", of: { r: 1 }) }')).toEqual([]);
  expect(faults('{ at(on: "2020-02-30") }')).toEqual(['Date must be a calendar day as YYYY-MM-DD.']);
  const read = (on: unknown) => coerceInputValue(on, apiSchema.getType('Date') as GraphQLInputType);
  expect(read('2020-02-29')).toBe('2020-02-29');
  expect(() => read('2020-02-30')).toThrow('Date must be a calendar day');
});

const refusal = (sdl: string) => {
  try {
    loadSupergraph(sdl);
  } catch (error) {
    return error;
  }
  return undefined;
};

const CONTEXT = `type Query { a: A }
  type A @context(name: "c") { p: Int! b: B! }
  type B @key(fields: "id") { id: ID! x(p: Int @fromContext(field: "$c { p }")): Int }`;

test('arguments that read contexts are no arguments of clients', () => {
  const { apiSdl } = loadSupergraph(compose(CONTEXT, 'type Query { z: Int }'));
  expect(apiSdl).not.toMatch(/context/i);
  expect(apiSdl).toContain('  x: Int');
});

const GUARDED = 'type Query { a: Int @authenticated }';

test.each([
  ['connectors', compose(GUARDED).replaceAll('authenticated/v0.1', 'connect/v0.2'), '@connect'],
  [
    'join of federation 1',
    compose(GUARDED).replaceAll('join/v0.5', 'join/v0.1'),
    'Compose its subgraphs again with federation 2',
  ],
  [
    'core of federation 1',
    'schema @core(feature: "https://specs.apollo.dev/core/v0.1") { query: Query } type Query { a: Int }',
    'Compose its subgraphs again with federation 2',
  ],
  [
    'a feature for security',
    compose(GUARDED).replaceAll('authenticated/v0.1', 'sealed/v0.1'),
    'https://specs.apollo.dev/sealed/v0.1 (SECURITY)',
  ],
  [
    'a version of one to come',
    compose(GUARDED).replaceAll('authenticated/v0.1', 'authenticated/v0.2'),
    'https://specs.apollo.dev/authenticated/v0.2 (SECURITY)',
  ],
  [
    'one of the name by somebody else',
    compose(GUARDED).replaceAll('https://specs.apollo.dev/authenticated', 'https://example.org/authenticated'),
    'https://example.org/authenticated/v0.1 (SECURITY)',
  ],
])('a supergraph that links %s is refused', (_, sdl, named) => {
  expect(refusal(sdl)).toMatchObject({ code: 'CONFIGURATION', message: expect.stringContaining(named) });
});

test.each([
  ['text', 'hello {', /is not GraphQL/],
  ['a plain schema', 'type Query { a: Int }', /does not link https:\/\/specs.apollo.dev\/link/],
])('%s is not a supergraph', (_, sdl, message) => {
  expect(refusal(sdl)).toMatchObject({ code: 'CONFIGURATION', message: expect.stringMatching(message) });
});
