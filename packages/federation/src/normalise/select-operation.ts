import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';
import { CodedError } from '../errors.ts';

export interface SelectedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Returns the operation to run (GraphQL §6.1 GetOperation). Throws OPERATION_RESOLUTION_FAILURE where there is none, or no single one. */
export function selectOperation(document: DocumentNode, operationName: string | null | undefined): SelectedOperation {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation =
    operationName == null
      ? operations.length === 1
        ? operations[0]
        : undefined
      : operations.find((candidate) => candidate.name?.value === operationName);
  if (!operation) {
    throw new CodedError(
      'OPERATION_RESOLUTION_FAILURE',
      operationName == null
        ? 'The document must hold one operation, or the request must name one.'
        : 'The document holds no operation of the name asked for.',
    );
  }
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return { operation, fragments };
}

/** Values of the variables that `@skip` and `@include` ask for. */
export type Conditions = Readonly<Record<string, boolean>>;

/** Returns whether `@skip` and `@include` leave a selection in (GraphQL §3.13). */
export function isIncluded(selection: SelectionNode, conditions: Conditions): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? conditions[condition.name.value] === true
        : condition?.kind === Kind.BOOLEAN && condition.value;
    if (value === (name === 'skip')) return false;
  }
  return true;
}

/** Returns the names of the variables that decide which selections are included. */
export function decidingVariables({ operation, fragments }: SelectedOperation): readonly string[] {
  const names = new Set<string>();
  for (const node of [operation, ...fragments.values()]) {
    visit(node, {
      Directive({ name, arguments: given }) {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}
