import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  valueFromASTUntyped,
} from 'graphql';
import type { Variables } from '../projection/projection.ts';
import type { CostModel } from './cost-model.ts';

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
