import { type DocumentNode, type GraphQLSchema, getVariableValues } from 'graphql';
import { introspectionPart } from './introspection.ts';
import { LeastRecentlyUsed } from './lru.ts';
import { type Conditions, decidingVariables } from './normalise/conditions.ts';
import type { FieldKey } from './normalise/field-key.ts';
import { type NormalisedOperation, normalise } from './normalise/normalise.ts';
import { selectOperation } from './normalise/select-operation.ts';
import { type CompleteObject, compileProjection } from './projection/compile.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** An operation with its `@skip`s and `@include`s settled. */
export interface Variant extends NormalisedOperation {
  /** The part that asks for the schema, answered here. */
  readonly introspection: DocumentNode | undefined;
  /** Makes the answer of what arrives. */
  readonly project: CompleteObject;
}

/** All that is known of a client's operation before its variables are. */
export interface Operation {
  /** The Boolean variables that settle `@skip` and `@include`. */
  readonly deciding: readonly string[];
  /** Coerces variables against the API's schema (GraphQL §6.1.2). */
  coerce(variables: Variables): ReturnType<typeof getVariableValues>;
  /** The operation for coerced variables. Throws as `normalise` does. */
  variant(variables: Variables): Variant;
}

/** Variants of one operation that are kept. */
const MAX_VARIANTS = 32;

/** As many as graphql-js itself reports. */
const COERCION = { maxErrors: 50 };

/** Throws as `selectOperation` does. */
export function prepareOperation(
  schema: GraphQLSchema,
  keyOf: FieldKey,
  document: DocumentNode,
  operationName: string | null | undefined,
): Operation {
  const selected = selectOperation(document, operationName);
  const { operation, fragments } = selected;
  const deciding = decidingVariables(selected);
  const variants = new LeastRecentlyUsed<string, Variant>(MAX_VARIANTS);

  function makeVariant(conditions: Conditions): Variant {
    const normalised = normalise(schema, keyOf, selected, conditions);
    const root = schema.getRootType(operation.operation)!;
    const project = compileProjection({ schema, keyOf, fragments, conditions }, root, operation.selectionSet);
    return { ...normalised, introspection: introspectionPart(selected, conditions), project };
  }

  return {
    deciding,
    coerce: (variables) => getVariableValues(schema, operation.variableDefinitions ?? [], variables, COERCION),
    variant(variables) {
      const name = deciding.map((variable) => (variables[variable] === true ? '1' : '0')).join('');
      let variant = variants.get(name);
      if (!variant) {
        variant = makeVariant(Object.fromEntries(deciding.map((variable) => [variable, variables[variable] === true])));
        variants.set(name, variant);
      }
      return variant;
    },
  };
}
