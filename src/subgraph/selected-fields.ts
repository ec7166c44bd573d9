import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

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
