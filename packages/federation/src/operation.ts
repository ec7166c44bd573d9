import { createHash } from 'node:crypto';
import { type DocumentNode, getVariableValues } from 'graphql';
import { LRUCache } from 'lru-cache';
import { gatedCoordinates } from './authorization/gated.ts';
import { charactersOf, MAX_CACHED_CHARACTERS } from './cached-documents.ts';
import type { FieldKey } from './normalise/field-key.ts';
import { type NormalisedOperation, normalise } from './normalise/normalise.ts';
import { type Conditions, decidingVariables, selectOperation } from './normalise/select-operation.ts';
import { type CompleteObject, compileProjection } from './projection/compile.ts';
import type { Variables } from './projection/projection.ts';
import { introspectionPart } from './request/introspection.ts';
import type { Supergraph } from './supergraph/supergraph.ts';

/** An operation with its `@skip`s and `@include`s settled, without what is denied. */
export interface Variant extends NormalisedOperation {
  /** The part that asks for the schema, answered here. */
  readonly introspection: DocumentNode | undefined;
  /** Makes the answer of what arrives. */
  readonly project: CompleteObject;
  /** True where the variant and its plan are cached. */
  readonly isKept: boolean;
}

/** A client's operation, prepared before its variables are known. */
export interface Operation {
  /** The length of the document's text. */
  readonly characters: number;
  /** The Boolean variables that settle `@skip` and `@include`. */
  readonly deciding: readonly string[];
  readonly isMutation: boolean;
  /** The coordinates with a rule that it may meet. */
  readonly gated: readonly string[];
  /** Coerces variables against the API's schema (GraphQL §6.1.2). */
  coerce(variables: Variables): ReturnType<typeof getVariableValues>;
  /** The operation for coerced variables, where some of the gated coordinates are denied. Throws as `normalise` does. */
  variant(variables: Variables, denied?: readonly string[]): Variant;
}

/**
 * The variants of all operations, bounded together: one of many conditions, for callers who are denied different things,
 * takes no more room than many operations.
 */
export class KeptVariants {
  readonly #kept = new LRUCache<string, Variant>({ maxSize: MAX_CACHED_CHARACTERS });
  #operations = 0;

  /** Returns the variants of one operation, by their names. */
  of(document: DocumentNode): { get(name: string): Variant | undefined; set(name: string, variant: Variant): void } {
    const operation = this.#operations++;
    const size = charactersOf(document);
    return {
      get: (name) => this.#kept.get(`${operation}:${name}`),
      set: (name, variant) => {
        this.#kept.set(`${operation}:${name}`, variant, { size });
      },
    };
  }
}

/** An operation that more variables settle has too many variants to keep any: a client could fill every cache with one. */
const MAX_DECIDING_VARIABLES = 6;

/** Options of coercion: as many errors as graphql-js itself reports, and no suggestions of names. */
const COERCION = { maxErrors: 50, hideSuggestions: true };

/** Throws as `selectOperation` does. */
export function prepareOperation(
  {
    apiSchema: schema,
    rules,
    interfaceObjects,
    costs,
  }: Pick<Supergraph, 'apiSchema' | 'rules' | 'interfaceObjects' | 'costs'>,
  keyOf: FieldKey,
  document: DocumentNode,
  operationName: string | null | undefined,
  kept: KeptVariants = new KeptVariants(),
): Operation {
  const selected = selectOperation(document, operationName);
  const { operation, fragments } = selected;
  const deciding = decidingVariables(selected);
  const isKept = deciding.length <= MAX_DECIDING_VARIABLES;
  const variants = kept.of(document);

  function makeVariant(conditions: Conditions, denied: ReadonlySet<string>): Variant {
    const normalised = normalise(schema, keyOf, selected, conditions, denied, interfaceObjects);
    const root = schema.getRootType(operation.operation)!;
    const settled = { schema, keyOf, costs, fragments, conditions, denied, interfaceObjects };
    const project = compileProjection(settled, root, operation.selectionSet);
    return { ...normalised, introspection: introspectionPart(selected, conditions), project, isKept };
  }

  return {
    characters: charactersOf(document),
    deciding,
    isMutation: operation.operation === 'mutation',
    gated: gatedCoordinates(schema, rules, selected),
    coerce: (variables) => getVariableValues(schema, operation.variableDefinitions ?? [], variables, COERCION),
    variant(variables, denied = []) {
      const name = [deciding.map((variable) => (variables[variable] === true ? '1' : '0')).join(''), ...denied].join();
      let variant = variants.get(name);
      if (!variant) {
        const conditions = Object.fromEntries(deciding.map((variable) => [variable, variables[variable] === true]));
        variant = makeVariant(conditions, new Set(denied));
        if (isKept) variants.set(name, variant);
      }
      return variant;
    },
  };
}

const PERCENT = /^percent\((\d+(?:\.\d+)?)\)$/;

/**
 * Returns the labels that are active for a client. A key always has the same ones, and each label is active for its share
 * of the clients, independently of the others. Without a key, only labels that are active for every client.
 * @param shares the percentage of clients of each label that doesn't say it itself, as `percent(20)` does; else none
 */
export function activeLabels(
  labels: readonly string[],
  shares: Readonly<Record<string, number>>,
  clientKey: string | undefined,
): readonly string[] {
  return labels.filter((label) => {
    const share = Number(PERCENT.exec(label)?.[1] ?? shares[label] ?? 0);
    return share >= 100 || (clientKey !== undefined && percentile(label, clientKey) < share);
  });
}

/** Returns a label's place of a client in [0, 100), evenly spread over clients. */
function percentile(label: string, clientKey: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([label, clientKey]))
    .digest();
  return (hash.readUIntBE(0, 6) / 2 ** 48) * 100;
}
