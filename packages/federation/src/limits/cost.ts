import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { type Conditions, isIncluded } from '../normalise/select-operation.ts';
import type { Variables } from '../projection/projection.ts';
import type { CostModel, ListSize } from './cost-model.ts';
import type { AskedOperation, Limit } from './limit.ts';

const MAX_COST = Number.MAX_SAFE_INTEGER;
/** The cost of a mutation beside its fields. */
export const MUTATION = 10;
/** The cost of each introspection field: answers of some 200 kB and of some 2 kB. */
export const INTROSPECTION: Readonly<Record<string, number>> = { __schema: 1_000, __type: 10 };

/** The question over all four subgraphs that a story asks, at the largest page, comes to 8,202. */
export const cost: Limit<'operation'> = {
  name: 'cost',
  counts: 'objects that the answer may hold, by @cost and @listSize, with the page sizes asked for',
  stage: 'operation',
  allowed: 10_000,
  measure: costOf,
};

/** Returns the weight of one object or leaf of a field, without its selections. */
export function ownWeight({ weights }: CostModel, coordinate: string, type: GraphQLNamedType): number {
  return weights.get(coordinate) ?? weights.get(type.name) ?? (isCompositeType(type) ? 1 : 0);
}

/** The length that a field's list gives the selections that its `sizedFields` name. */
interface Sized {
  readonly size: number;
  readonly fields: readonly string[];
}

/**
 * Returns the most that an operation may cost: 1 for each object, 0 for each leaf, or the weight that `@cost` gives a type,
 * a field, an argument or an input field; a list as often as `@listSize` says for the sizes that are asked for.
 */
export function costOf(asked: AskedOperation): number {
  const { schema, costs, operation, fragments } = asked;
  const variables = withDefaults(asked);
  const conditions = variables as Conditions;
  const known = new Map<string, number>();

  function ofSet({ selections }: SelectionSetNode, type: GraphQLCompositeType, sized?: Sized): number {
    let total = 0;
    for (const node of selections) {
      if (!isIncluded(node, conditions)) continue;
      if (node.kind === Kind.FIELD) total += ofField(node, type, sized);
      else if (node.kind === Kind.FRAGMENT_SPREAD) total += ofFragment(node.name.value, sized);
      else total += ofSet(node.selectionSet, compositeType(node.typeCondition?.name.value) ?? type, sized);
    }
    return Math.min(MAX_COST, total);
  }

  function ofFragment(name: string, sized?: Sized): number {
    const key = sized ? `${name} ${sized.size} ${sized.fields.join()}` : name;
    const measured = known.get(key);
    if (measured !== undefined) return measured;
    known.set(key, 0);
    const fragment = fragments.get(name);
    const type = compositeType(fragment?.typeCondition.name.value);
    const total = fragment && type ? ofSet(fragment.selectionSet, type, sized) : 0;
    known.set(key, total);
    return total;
  }

  function ofField(node: FieldNode, parent: GraphQLCompositeType, sized?: Sized): number {
    const name = node.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return INTROSPECTION[name] ?? 0;
    const coordinate = `${parent.name}.${name}`;
    const type = getNamedType(field.type);
    const own = ownWeight(costs, coordinate, type);
    const { count, below } = lengthOf(node, field, coordinate, sized);
    const within = node.selectionSet && isCompositeType(type) ? ofSet(node.selectionSet, type, below) : 0;
    return Math.min(MAX_COST, inputCost(node, field, coordinate, costs, variables) + count * (own + within));
  }

  function lengthOf(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    coordinate: string,
    sized: Sized | undefined,
  ): { count: number; below?: Sized } {
    const list = costs.lists.get(coordinate);
    if (list) {
      const size = slicedSize(node, field, list, variables);
      return list.sizedFields.length > 0 ? { count: 1, below: { size, fields: list.sizedFields } } : { count: size };
    }
    if (sized?.fields.includes(field.name)) return { count: sized.size };
    return { count: isListType(getNullableType(field.type)) ? unsizedList(node, variables) : 1 };
  }

  function compositeType(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  const root = schema.getRootType(operation.operation);
  const base = operation.operation === 'mutation' ? MUTATION : 0;
  return root ? Math.ceil(Math.min(MAX_COST, base + ofSet(operation.selectionSet, root))) : 0;
}

/** Variables as they came, with the operation's own defaults. */
function withDefaults({ operation, variables }: AskedOperation): Record<string, unknown> {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }): [string, unknown][] =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

/** Returns the cost of a field's arguments: 0 but for those that `@cost` weighs, and the input fields within them. */
export function inputCost(
  { arguments: given = [] }: FieldNode,
  field: GraphQLField<unknown, unknown>,
  coordinate: string,
  { weights }: CostModel,
  variables: Variables,
): number {
  if (weights.size === 0) return 0;
  return given.reduce((total, { name, value }) => {
    const argument = field.args.find((known) => known.name === name.value);
    if (!argument) return total;
    const weight = weights.get(`${coordinate}(${name.value}:)`) ?? 0;
    return total + weight + ofValue(valueFromASTUntyped(value, variables), argument.type, weights);
  }, 0);
}

function ofValue(value: unknown, type: GraphQLInputType, weights: CostModel['weights']): number {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? value : [value];
    return items.reduce((total: number, item) => total + ofValue(item, nullable.ofType, weights), 0);
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object' || value === null) return 0;
  const fields = nullable.getFields();
  return Object.entries(value).reduce((total, [name, item]) => {
    const field = fields[name];
    if (!field) return total;
    return total + (weights.get(`${nullable.name}.${name}`) ?? 0) + ofValue(item, field.type, weights);
  }, 0);
}

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
