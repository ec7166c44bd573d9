import { type FieldNode, type GraphQLField, Kind, type ValueNode } from 'graphql';
import type { Variables } from '../projection/projection.ts';
import type { ListSize } from './cost-model.ts';

/** The largest page that there is: what is taken for a size that is asked for in a way that can't be read. */
const LARGEST_PAGE = 100;
/** What a list is taken for of which nothing is said. */
const UNSAID = 10;

/** How many are asked for: the largest of the slicing arguments, a schema's default where none is given, else what is assumed. */
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
    return [typeof size === 'number' && Number.isFinite(size) ? Math.max(0, size) : LARGEST_PAGE];
  });
  return sizes.length > 0 ? Math.max(...sizes) : (assumedSize ?? LARGEST_PAGE);
}

/** A list that is asked for by a list, as `nodes(ids:)` is, is as long as that one. */
export function unsizedList(node: FieldNode, variables: Variables): number {
  const lengths = (node.arguments ?? []).flatMap(({ value }) => {
    if (value.kind === Kind.LIST) return [value.values.length];
    const given = plainValue(value, variables);
    return Array.isArray(given) ? [given.length] : [];
  });
  return Math.max(UNSAID, ...lengths);
}

function plainValue(node: ValueNode, variables: Variables): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  return node.kind === Kind.INT ? Number(node.value) : undefined;
}
