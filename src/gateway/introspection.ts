import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SelectedOperation } from './normalise/select-operation.ts';

/**
 * The part of a query that asks for the schema, as a document of its own: its root's `__schema` and `__type` with the
 * conditions around them; undefined where it asks for neither.
 */
export function introspectionPart({ operation, fragments }: SelectedOperation): DocumentNode | undefined {
  const spread = new Set<string>();
  const rootPart = (from: SelectionSetNode): SelectionNode[] =>
    from.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        return name === '__schema' || name === '__type' ? [selection] : [];
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        // Without directives a second spread adds nothing, and documents of nothing but spreads stay small.
        const name = selection.name.value;
        if (!selection.directives?.length && spread.has(name)) return [];
        if (!selection.directives?.length) spread.add(name);
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const inner = fragment ? rootPart(fragment.selectionSet) : [];
      if (inner.length === 0) return [];
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          ...(selection.directives ? { directives: selection.directives } : {}),
          selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
        },
      ];
    });
  const selections = rootPart(operation.selectionSet);
  if (selections.length === 0) return undefined;
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } }, ...[...fragments.values()]],
  };
}

/** Answers an introspection part from the schema that clients see. */
export function introspect(
  apiSchema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): ExecutionResult {
  return executeSync({ schema: apiSchema, document, variableValues: variables });
}
