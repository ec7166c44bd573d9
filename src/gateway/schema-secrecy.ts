import { type DocumentNode, GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { measureSpread, sum } from './limits/spread.ts';

/** What validation says to who may not see the schema: that, and not where, or each message would answer a guess. */
export const NOT_VALID: GraphQLFormattedError = {
  message: 'The document is not valid against the schema.',
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
};

/** A fault of a variable's value, told without the type that it should have had; any other error as it is. */
export function withoutSchema(error: GraphQLError): GraphQLError {
  const [node] = error.nodes ?? [];
  if (node?.kind !== Kind.VARIABLE_DEFINITION) return error;
  return new GraphQLError(`The variable "$${node.variable.name.value}" does not have a value that it accepts.`, {
    extensions: error.extensions,
  });
}

/** Whether any operation asks for the schema. */
export function asksForSchema(document: DocumentNode): boolean {
  const asked = measureSpread(document, {
    selection: (node, within) =>
      node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type') ? 1 : within,
    together: sum,
  });
  return asked > 0;
}
