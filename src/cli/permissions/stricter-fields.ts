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
 * Returns the non-null fields that are stricter than their object: a viewer of the object who may not query them would
 * lose the object and its parents. A nullable interface or union is no fault, because such a viewer then doesn't see
 * the object.
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

/** Tells whether the innermost place of an object in a field's type may be null. */
function mayBeNull(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return isListType(type.ofType) && mayBeNull(type.ofType.ofType);
  return !isListType(type) || mayBeNull(type.ofType);
}
