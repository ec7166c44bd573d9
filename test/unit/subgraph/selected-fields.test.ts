import { buildSchema, execute, type GraphQLResolveInfo, parse } from 'graphql';
import { argumentsAtEntries } from '../../../src/subgraph/arguments.ts';

const schema = buildSchema(`
  type Query { list(first: Int): List, entry: Entry }
  type List { nodes: [Entry], edges: [Edge], gaps: [Entry] }
  type Edge { node: Entry }
  type Entry { id: ID, rest(park: ID!, first: Int = 20): ID, other: List }
`);

/** Returns what a document’s list asks of `rest` for each of its entries. */
async function asked(query: string, variableValues = {}) {
  let found: unknown;
  const list = (_: unknown, __: unknown, info: GraphQLResolveInfo) => {
    found = argumentsAtEntries(info, 'rest');
    return null;
  };
  await execute({ schema, document: parse(query), rootValue: { list }, variableValues });
  return found;
}

test.each([
  ['{ list { nodes { rest(park: "a") } } }', [{ park: 'a', first: 20 }]],
  ['{ list { edges { node { rest(park: "a", first: 2) } } } }', [{ park: 'a', first: 2 }]],
  ['{ list { gaps { a: rest(park: "a") b: rest(park: "b") } } }', ['a', 'b'].map((park) => ({ park, first: 20 }))],
  ['query ($park: ID!) { list { nodes { rest(park: $park) } } }', [{ park: 'c', first: 20 }]],
  ['{ list { nodes { id } } entry { rest(park: "a") } }', []],
  ['{ list { nodes { other { nodes { rest(park: "a") } } } } }', []],
  ['{ list { nodes { ...A } } } fragment A on Entry { rest(park: "a") }', []],
])('%s', async (query, expected) => {
  expect(await asked(query, { park: 'c' })).toEqual(expected);
});
