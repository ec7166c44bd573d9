import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  specifiedRules,
  type TypeNode,
  validate,
} from 'graphql';
import { measureSpread, sum } from '../limits/spread.ts';
import type { Call } from '../subgraph.ts';
import { noIncrementalDelivery } from './incremental-delivery.ts';

/** What validation says to who may not see the schema: that, and not where, or each message would answer a guess. */
const NOT_VALID = {
  message: 'The document is not valid against the schema.',
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
} as const satisfies GraphQLFormattedError;

/** The schema as a caller sees it; undefined for who may not look it up. */
export type SchemaForCaller<Context extends Call = Call> = (call: Context) => Promise<GraphQLSchema | undefined>;

const MOST_ERRORS = 3;
/** Who guesses is told that it is wrong, not what would be right: whoever may know that looks it up. */
const TOLD = { maxErrors: MOST_ERRORS, hideSuggestions: true };

/** What validation says to a caller of a document that is not valid, by the schema that they see. */
export function validationErrors(
  document: DocumentNode,
  schema: GraphQLSchema | undefined,
): readonly GraphQLFormattedError[] {
  const errors = schema ? validate(schema, document, VALIDATION_RULES, TOLD) : [];
  return errors.length > 0
    ? errors.slice(0, MOST_ERRORS).map((error) => ({ ...error.toJSON(), extensions: NOT_VALID.extensions }))
    : [NOT_VALID];
}

const VALIDATION_RULES = [...specifiedRules, noIncrementalDelivery];

/**
 * A fault of a variable's value, told without the type that it should have had where the caller doesn't see that; any other
 * error as it is.
 */
export function withoutUnseen(error: GraphQLError, schema: GraphQLSchema | undefined): GraphQLError {
  const [node] = error.nodes ?? [];
  if (node?.kind !== Kind.VARIABLE_DEFINITION || schema?.getType(nameOf(node.type))) return error;
  return new GraphQLError(`The variable "$${node.variable.name.value}" does not have a value that it accepts.`, {
    extensions: error.extensions,
  });
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
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
