import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * The operation with `__typename` asked for wherever the answer's type isn't known beforehand, `_entities` included:
 * without it an answer can't be told from another type's. The key `__typename` is the meta field's own, for what clients
 * alias has been renamed before planning.
 */
export function withTypenames(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const info = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        leave(node) {
          if (!node.selectionSet || asksTypename(node.selectionSet)) return undefined;
          const type = info.getType();
          if (!type || !isAbstractType(getNamedType(type))) return undefined;
          const selections = [TYPENAME_FIELD, ...node.selectionSet.selections];
          return { ...node, selectionSet: { ...node.selectionSet, selections } };
        },
      },
    }),
  );
}

const TYPENAME_FIELD = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;

function asksTypename({ selections }: SelectionSetNode): boolean {
  return selections.some(
    (selection) =>
      selection.kind === Kind.FIELD &&
      selection.name.value === '__typename' &&
      !selection.alias &&
      !selection.directives?.length,
  );
}
