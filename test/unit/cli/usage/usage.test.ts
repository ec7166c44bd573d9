import { buildSchema, parse } from 'graphql';
import { readUsageLines } from '../../../../src/cli/usage/read-lines.ts';
import { usageOf } from '../../../../src/cli/usage/usage.ts';
import { usedFields } from '../../../../src/edge/used-fields.ts';

/** An operator learns from the log who uses which field, before one goes. */

const schema = buildSchema(`
  interface Node { id: ID! }
  type Zone implements Node { id: ID! name: String! title: String @deprecated(reason: "Use name.") parks(first: Int, order: Order): [Park!]! }
  type Park implements Node { id: ID! staff: Int }
  input Order { by: String ascending: Boolean }
  type Query { zone(id: ID!): Zone node(id: ID!): Node }
`);
const manifest = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: 'a', name: 'Titles', type: 'query', body: 'query Titles($id: ID!) { zone(id: $id) { id title } }' },
  ],
} as const;

const line = (fields: object) =>
  JSON.stringify({
    message: 'a request was answered',
    requestId: 'r',
    client: 'analyst',
    document: null,
    Cost: 2,
    ...fields,
  });

test('a document names fields, arguments and input fields, and no values', () => {
  const document = parse(
    '{ zone(id: "zone_teda") { parks(order: { by: "a name" }) { staff } } node(id: "x") { id __typename } }',
  );
  expect(usedFields(document, schema)).toEqual([
    'Node.id',
    'Order.by',
    'Park.id',
    'Park.staff',
    'Query.node',
    'Query.node(id:)',
    'Query.zone',
    'Query.zone(id:)',
    'Zone.id',
    'Zone.parks',
    'Zone.parks(order:)',
  ]);
});

test('operations are counted by client and document, and fields with who used them', () => {
  const log = [
    'START RequestId: r',
    line({ client: 'partner', zone: 'zone_teda', document: 'Titles' }),
    `2026-11-29T00:00:00Z ${line({ client: 'partner', zone: 'zone_teda', document: 'Titles', Cost: 3 })}`,
    JSON.stringify({ timestamp: 1, message: line({ fields: ['Query.zone', 'Query.zone(id:)', 'Zone.title'] }) }),
    JSON.stringify({ message: 'secrets cannot be fetched', client: 'analyst' }),
    '{ no json',
  ].join('\n');
  const { documents, fields } = usageOf(readUsageLines(log), schema, manifest as never);
  expect(documents).toEqual([
    { client: 'zone_teda', document: 'Titles', operations: 2, cost: 5 },
    { client: 'analyst', document: null, operations: 1, cost: 2 },
  ]);
  expect(fields.filter(({ deprecated }) => deprecated)).toEqual([
    {
      field: 'Zone.title',
      deprecated: 'Use name.',
      operations: 3,
      clients: ['analyst', 'zone_teda'],
      documents: ['Titles'],
    },
  ]);
  expect(fields.filter(({ operations }) => operations === 0).map(({ field }) => field)).toEqual([
    'Node.id',
    'Zone.name',
    'Zone.parks',
    'Zone.parks(first:)',
    'Zone.parks(order:)',
    'Park.id',
    'Park.staff',
    'Order.by',
    'Order.ascending',
    'Query.node',
    'Query.node(id:)',
  ]);
});
