import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { type Conditions, isIncluded } from '../normalise/conditions.ts';
import type { CostModel } from './cost-model.ts';
import { inputCost } from './input-cost.ts';
import type { AskedOperation, Limit } from './limit.ts';
import { slicedSize, unsizedList } from './list-size.ts';

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
