import { readFileSync } from 'node:fs';
import { loadSupergraph, measureLimits } from '@bridgehead/federation';
import { getNamedType, getNullableType, isCompositeType, isListType, isObjectType } from 'graphql';
import { shippedOperations } from '../../src/cli/schema/operations.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'));

/** An app in the field can't be changed in a day: what it asks may come to this part of any limit. */
const MAX_OF_A_LIMIT = 0.5;

test.each(shippedOperations('schema'))(
  '$name leaves half of every limit, at the largest page',
  ({ body, variables }) => {
    const largest = 'first' in variables ? { ...variables, first: 100 } : variables;
    const near = measureLimits(supergraph, body, largest).filter(
      ({ limit, found }) => found > limit.allowed * MAX_OF_A_LIMIT,
    );
    expect(near.map(({ limit, found }) => `${limit.name}: ${found} of ${limit.allowed}`)).toEqual([]);
  },
);

test('every list of objects says how long it is, so that its price is none of chance', () => {
  const { apiSchema, costs } = supergraph;
  const unsaid = Object.values(apiSchema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__')) return [];
    const fields = Object.values(type.getFields()).filter(
      (field) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)),
    );
    return fields.map(({ name }) => `${type.name}.${name}`).filter((coordinate) => !costs.lists.has(coordinate));
  });
  // Of connections, the field that leads to them says it; of nodes, the list of their ids; refusals are few.
  const isSaidElsewhere = /^\w+Connection\.(nodes|edges)$|^Query\.nodes$|^\w+Payload\.userErrors$/;
  expect(unsaid.filter((coordinate) => !isSaidElsewhere.test(coordinate))).toEqual([]);
});
