import { documentId } from '@bridgehead/federation';
import { buildSchema, parse, print } from 'graphql';
import { buildManifest, withTypenames } from '../../../src/cli/schema/operations.ts';

const schema = buildSchema('type Query { a: A } type A { id: ID! a: A } type Mutation { m: A }');
const file = (name: string, text: string) => ({ path: `schema/operations/x/${name}.graphql`, name, text });

test("a manifest has every operation by name, in the client's form", () => {
  const { operations } = buildManifest(schema, [
    file('Write', 'mutation Write { m { id } }'),
    file('Read', '# why\nquery Read { a { id } }'),
  ]);
  const body = 'query Read {\n  a {\n    id\n    __typename\n  }\n}';
  expect(operations.map(({ name, type }) => [name, type])).toEqual([
    ['Read', 'query'],
    ['Write', 'mutation'],
  ]);
  expect(operations[0]).toEqual({ id: documentId(body), name: 'Read', type: 'query', body });
});

test('adds __typename once to every selection set below the root', () => {
  const document = parse(
    'query Q { a { __typename a { ...F t: __typename } } } fragment F on A { id ... on A { id } }',
  );
  expect(print(withTypenames(document)).replace(/\s+/g, ' ')).toBe(
    'query Q { a { __typename a { ...F t: __typename __typename } } } ' +
      'fragment F on A { id ... on A { id __typename } __typename }',
  );
});

test('reports every fault of every file', () => {
  const build = () =>
    buildManifest(schema, [
      file('Unparsed', '{'),
      file('Named', 'query Other { a { id } }'),
      file('Two', 'query Two { a { id } } query Three { a { id } }'),
      file('Invalid', 'query Invalid { b }'),
      file('Same', 'query Same { a { id } }'),
      file('Same', 'query Same { a { id } }'),
    ]);
  expect(build).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }));
  for (const name of ['Unparsed', 'Named', 'Two', 'Invalid', 'Same']) {
    expect(build).toThrow(`schema/operations/x/${name}.graphql: `);
  }
  expect(build).toThrow(/Cannot query field "b" on type "Query"/);
});

test('refuses a document without an id', () => {
  const build = () => buildManifest(schema, [file('Deep', 'query Deep { a { id a { b: id ... on A { id } } } }')]);
  expect(build).toThrow("schema/operations/x/Deep.graphql: it must ask `id`, the key of clients' caches, in A.a.");
});
