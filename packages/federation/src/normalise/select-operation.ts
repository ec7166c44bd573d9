import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode } from 'graphql';
import { CodedError } from '../errors.ts';

export interface SelectedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The operation to run (GraphQL §6.1 GetOperation). Throws OPERATION_RESOLUTION_FAILURE where there is none, or no single one. */
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
