import { mutationFaults } from '../../../../src/cli/permissions/mutation-faults.ts';
import { ownSubgraphs } from '../../../../src/cli/schema/schema-folder.ts';

const FIELDS = `moves(input: ID!): ID @policy(policies: [["administers"]])
  takes(input: ID!): ID @authenticated @requiresScopes(scopes: [["system:manage"]])`;

test.each([
  `type Mutation { ${FIELDS} }`,
  `extend type Mutation { ${FIELDS} }`,
  `schema { query: Query mutation: Changes } type Changes { ${FIELDS} }`,
])('refuses a mutation without a policy: %s', (sdl) => {
  expect(mutationFaults([{ name: 'talent', sdl }])).toEqual([expect.stringContaining('takes in talent')]);
});

test('accepts queries without a policy', () => {
  expect(mutationFaults([{ name: 'talent', sdl: `type Query { ${FIELDS} }` }])).toEqual([]);
});

test('finds a policy that is removed from our schema', () => {
  const subgraphs = ownSubgraphs('schema');
  expect(mutationFaults(subgraphs)).toEqual([]);
  const without = subgraphs.map(({ name, sdl }) => ({
    name,
    sdl: sdl.replace('@policy(policies: [["registers-enterprises"]])', ''),
  }));
  expect(mutationFaults(without)).toEqual([
    'Mutation.importEnterprises in enterprises is a mutation and names no @policy.',
  ]);
});
