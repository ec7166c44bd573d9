import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The largest measure: a few fragments can stand for more fields than a double counts. */
const MAX_MEASURE = Number.MAX_SAFE_INTEGER;

/** A measure of selections: of one, given the measure of those within it. */
export interface Measure {
  selection(node: SelectionNode, within: number): number;
  /** Combines the measures of a set's selections. */
  together(a: number, b: number): number;
}

/**
 * Returns the largest measure of any operation of a document, or of any fragment too, with the fragments that it spreads. Each
 * fragment is measured once, however often it is spread; one that spreads itself counts as empty there, and validation refuses it.
 */
export function measureSpread(document: DocumentNode, measure: Measure, roots: 'operations' | 'all' = 'all'): number {
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();

  const ofSet = (set: SelectionSetNode | undefined): number =>
    set === undefined
      ? 0
      : set.selections.reduce((sum, node) => Math.min(MAX_MEASURE, measure.together(sum, ofSelection(node))), 0);
  const ofSelection = (node: SelectionNode): number =>
    measure.selection(
      node,
      node.kind === Kind.FRAGMENT_SPREAD ? ofFragment(node.name.value) : ofSet(node.selectionSet),
    );
  const ofFragment = (name: string): number => {
    const measured = known.get(name);
    if (measured !== undefined) return measured;
    known.set(name, 0);
    const found = ofSet(fragments.get(name)?.selectionSet);
    known.set(name, found);
    return found;
  };

  let most = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) most = Math.max(most, ofSet(definition.selectionSet));
    else if (roots === 'all' && definition.kind === Kind.FRAGMENT_DEFINITION)
      most = Math.max(most, ofFragment(definition.name.value));
  }
  return most;
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition): [string, FragmentDefinitionNode][] =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
}

export const sum = (a: number, b: number): number => a + b;
