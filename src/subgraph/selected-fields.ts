import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/**
 * Returns a function that tells whether a field's selections, at any depth, name only some fields. Fragments count as other
 * fields.
 */
export function selectsOnly(names: ReadonlySet<string>): (info: Pick<GraphQLResolveInfo, 'fieldNodes'>) => boolean {
  // Documents are parsed once and executed many times.
  const known = new WeakMap<FieldNode, boolean>();

  const areNamed = ({ selections }: SelectionSetNode): boolean =>
    selections.every(
      (node) =>
        node.kind === Kind.FIELD && names.has(node.name.value) && (!node.selectionSet || areNamed(node.selectionSet)),
    );

  const isNamed = (node: FieldNode): boolean => {
    let answer = known.get(node);
    if (answer === undefined) {
      answer = node.selectionSet !== undefined && areNamed(node.selectionSet);
      known.set(node, answer);
    }
    return answer;
  };
  return ({ fieldNodes }) => fieldNodes.every(isNamed);
}

/** The fields of every connection but its nodes', for `selectsOnly`. */
export const CONNECTION_FIELDS: readonly string[] = [
  '__typename',
  'totalCount',
  'nodes',
  'edges',
  'node',
  'cursor',
  'pageInfo',
  'hasNextPage',
  'hasPreviousPage',
  'startCursor',
  'endCursor',
];

/** The fields that lead from a list to its entries. */
const TO_ENTRIES: ReadonlySet<string> = new Set(['nodes', 'edges', 'node', 'gaps']);

/**
 * Returns the arguments of a field each time that a list's selections ask for it of the entries, so that what it needs is
 * read beside them. Fragments are not looked into: their fields read later.
 */
export function argumentsAtEntries(
  { fieldNodes, returnType, variableValues }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'returnType' | 'variableValues'>,
  field: string,
): readonly Readonly<Record<string, unknown>>[] {
  const below = (node: FieldNode, type: GraphQLOutputType): readonly Readonly<Record<string, unknown>>[] => {
    const named = getNamedType(type);
    if (!isObjectType(named)) return [];
    return (node.selectionSet?.selections ?? []).flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) return [];
      const definition = named.getFields()[selection.name.value];
      if (!definition) return [];
      if (selection.name.value === field) return [getArgumentValues(definition, selection, variableValues)];
      return TO_ENTRIES.has(selection.name.value) ? below(selection, definition.type) : [];
    });
  };
  return fieldNodes.flatMap((node) => below(node, returnType));
}
