import { implies, NOTHING, type Supergraph } from '@bridgehead/federation';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/**
 * The fields that may not be null though some who may ask for the object may not ask for them: their null would take the
 * object with it, and what is around it. Where an interface or a union may be null, that is as it should be: the object is
 * one that they don't see.
 */
export function stricterFields({ apiSchema, rules }: Pick<Supergraph, 'apiSchema' | 'rules'>): readonly string[] {
  const ruleOf = (coordinate: string) => rules.get(coordinate) ?? NOTHING;
  const objects = Object.values(apiSchema.getTypeMap()).filter(isOurs);
  const ways = objects.flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ at: `${type.name}.${field.name}`, field })),
  );
  return objects.flatMap((type) => {
    const leading = ways.filter(({ field }) => leadsTo(field, type));
    return Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type))
      .flatMap(({ name }) => {
        const way = leading.find(({ at }) => !implies(ruleOf(at), ruleOf(`${type.name}.${name}`)));
        return way ? [`${type.name}.${name} may not be null, but is stricter than ${way.at}, which leads to it.`] : [];
      });
  });

  function leadsTo(field: GraphQLField<unknown, unknown>, type: GraphQLObjectType): boolean {
    const named = getNamedType(field.type);
    if (named === type) return true;
    return isAbstractType(named) && apiSchema.isSubType(named, type) && !mayBeNull(field.type);
  }
}

function isOurs(type: unknown): type is GraphQLObjectType {
  return isObjectType(type) && !type.name.startsWith('__');
}

/** Whether the innermost place that a field has for an object may be null. */
function mayBeNull(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return isListType(type.ofType) && mayBeNull(type.ofType.ofType);
  return !isListType(type) || mayBeNull(type.ofType);
}
