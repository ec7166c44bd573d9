import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  print,
  type SelectionSetNode,
} from 'graphql';
import { type Conditions, isIncluded, type SelectedOperation } from '../normalise/select-operation.ts';

const TYPES_OF_ARGUMENTS: readonly string[] = ['String', 'Boolean'];

/**
 * The part of a query that asks for the schema, as a document of its own: the `__schema` and `__type` of its root that are
 * included; undefined where there is none.
 */
export function introspectionPart(
  { operation, fragments }: SelectedOperation,
  conditions: Conditions,
): DocumentNode | undefined {
  const selections: FieldNode[] = [];
  const spread = new Set<string>();
  const collect = (from: SelectionSetNode): void => {
    for (const selection of from.selections) {
      if (!isIncluded(selection, conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === '__schema' || selection.name.value === '__type') selections.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  if (selections.length === 0) return undefined;
  // Of other types than these no part of the introspection takes a variable, and the schema may be seen without them.
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ type }) =>
    TYPES_OF_ARGUMENTS.includes(print(type).replace('!', '')),
  );
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, variableDefinitions, selectionSet }, ...fragments.values()],
  };
}

/** Answers an introspection part from the schema that the client sees. */
export function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): ExecutionResult {
  return executeSync({ schema, document, variableValues: variables });
}
