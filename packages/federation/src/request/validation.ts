import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  specifiedRules,
  type TypeNode,
  type ValidationContext,
  validate,
} from 'graphql';
import { measureSpread, sum } from '../limits/spread.ts';
import type { Call } from '../subgraph.ts';

/** The one validation error for a caller who may not see the schema. It says no place: each would answer a guess. */
const NOT_VALID = {
  message: 'The document is not valid against the schema.',
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
} as const satisfies GraphQLFormattedError;

/** The schema as a caller sees it; undefined for who may not look it up. */
export type SchemaForCaller<Context extends Call = Call> = (call: Context) => Promise<GraphQLSchema | undefined>;

const MAX_ERRORS = 3;
/** Options of validation: no suggestions of names, which a caller who may see the schema looks up. */
const VALIDATION_OPTIONS = { maxErrors: MAX_ERRORS, hideSuggestions: true };

/** Returns the validation errors of an invalid document, by the schema that its caller sees. */
export function validationErrors(
  document: DocumentNode,
  schema: GraphQLSchema | undefined,
): readonly GraphQLFormattedError[] {
  const errors = schema ? validate(schema, document, VALIDATION_RULES, VALIDATION_OPTIONS) : [];
  return errors.length > 0
    ? errors.slice(0, MAX_ERRORS).map((error) => ({ ...error.toJSON(), extensions: NOT_VALID.extensions }))
    : [NOT_VALID];
}

const VALIDATION_RULES = [...specifiedRules, noIncrementalDelivery];

/**
 * Returns an error of a variable's value without the expected type where the caller doesn't see that type; any other error as
 * it is.
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

/** Returns whether any operation of a document asks for the schema. */
export function asksForSchema(document: DocumentNode): boolean {
  const asked = measureSpread(document, {
    selection: (node, within) =>
      node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type') ? 1 : within,
    together: sum,
  });
  return asked > 0;
}

/** A validation rule that refuses `@defer`, `@stream` and subscriptions in plain words. */
export function noIncrementalDelivery(context: ValidationContext): ASTVisitor {
  return {
    Directive(node) {
      if (node.name.value === 'defer' || node.name.value === 'stream') {
        context.reportError(
          new GraphQLError(`This gateway answers at once and whole: it does not offer @${node.name.value}.`, {
            nodes: node,
          }),
        );
      }
    },
    OperationDefinition(node) {
      if (node.operation === 'subscription') {
        context.reportError(new GraphQLError('This gateway does not offer subscriptions.', { nodes: node }));
      }
    },
  };
}
