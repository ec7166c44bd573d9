import { type FieldNode, type GraphQLField, Kind, type ValueNode } from 'graphql';
import type { Variables } from '../projection/projection.ts';
import type { ListSize } from './cost-model.ts';

/** The largest page, assumed where the size that is asked for can't be read. */
const MAX_PAGE_SIZE = 100;
/** The assumed length of a list of which the schema says nothing. */
const ASSUMED_LIST_SIZE = 10;

/** Returns the page size: the largest of the slicing arguments, a schema's default where none is given, else the assumed size. */
export function slicedSize(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { slicingArguments, assumedSize }: ListSize,
  variables: Variables,
): number {
  const sizes = slicingArguments.flatMap((name) => {
    const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const value = given && plainValue(given, variables);
    const size = value ?? field.args.find((argument) => argument.name === name)?.defaultValue;
    if (size === undefined || size === null) return [];
    return [typeof size === 'number' && Number.isFinite(size) ? Math.max(0, size) : MAX_PAGE_SIZE];
  });
  return sizes.length > 0 ? Math.max(...sizes) : (assumedSize ?? MAX_PAGE_SIZE);
}

/** Returns the length of a list without `@listSize`: as long as a list among its arguments, as in `nodes(ids:)`. */
export function unsizedList(node: FieldNode, variables: Variables): number {
  const lengths = (node.arguments ?? []).flatMap(({ value }) => {
    if (value.kind === Kind.LIST) return [value.values.length];
    const given = plainValue(value, variables);
    return Array.isArray(given) ? [given.length] : [];
  });
  return Math.max(ASSUMED_LIST_SIZE, ...lengths);
}

function plainValue(node: ValueNode, variables: Variables): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  return node.kind === Kind.INT ? Number(node.value) : undefined;
}
