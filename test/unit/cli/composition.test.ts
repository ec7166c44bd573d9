import { composeSupergraph } from '../../../src/cli/schema/composition.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external"])';

const parks = {
  name: 'parks',
  sdl: `${LINK} type Query { park: Park } type Park @key(fields: "id") { id: ID! name: String } type Facility { id: ID! }`,
};
const enterprises = {
  name: 'enterprises',
  sdl: `${LINK} type Query { enterprise: Enterprise } type Enterprise @key(fields: "id") { id: ID! park: Park }
    type Park @key(fields: "id", resolvable: false) { id: ID! } type Zone @key(fields: "id", resolvable: false) { id: ID! }`,
};

test('only types with an id and an owner are nodes', () => {
  const { supergraph, warnings } = composeSupergraph([parks, enterprises]);
  expect(supergraph.subgraphs).toEqual(['enterprises', 'node', 'parks']);
  expect(supergraph.apiSdl).toContain('type Park implements Node {');
  expect(supergraph.apiSdl).toContain('type Enterprise implements Node {');
  expect(supergraph.apiSdl).toContain('type Zone {');
  expect(supergraph.apiSdl).toContain('type Facility {');
  expect(warnings).toEqual([]);
});

test("refuses subgraphs that don't compose, with the composer's reason", () => {
  const broken = { name: 'broken', sdl: `${LINK} type Query { a: Int } type Park @key(fields: "code") { code: ID! }` };
  expect(() => composeSupergraph([parks, broken])).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining('Park') }),
  );
});

test('returns questions for a person as warnings', () => {
  const other = { name: 'other', sdl: `${LINK} type Query { a: E } enum E { A } ` };
  const another = { name: 'another', sdl: `${LINK} type Query { b: E } enum E { A B } ` };
  expect(composeSupergraph([parks, other, another]).warnings.join('\n')).toContain('"E"');
});
