import { createHash } from 'node:crypto';
import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  specifiedRules,
  type TypeNode,
  type ValidationContext,
  validate,
} from 'graphql';
import * as z from 'zod';
import { CodedError } from '../errors.ts';
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

/** The documents that were looked through, and whether they ask for the schema: a document is parsed once and run often. */
const asking = new WeakMap<DocumentNode, boolean>();

/** Returns whether any operation of a document asks for the schema. */
export function asksForSchema(document: DocumentNode): boolean {
  let asks = asking.get(document);
  if (asks === undefined) {
    asks = measureSpread(document, { selection: schemaFields, together: sum }) > 0;
    asking.set(document, asks);
  }
  return asks;
}

function schemaFields(node: SelectionNode, within: number): number {
  return node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type') ? 1 : within;
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

const manifestFile = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({ id: z.string(), name: z.string(), type: z.enum(['query', 'mutation']), body: z.string() }),
  ),
});

/** Apollo's manifest of persisted queries: what a client's build registers, and what ours ships. */
export type Manifest = z.infer<typeof manifestFile>;
export type TrustedOperation = Manifest['operations'][number];

/** Returns the id of a trusted document: SHA-256 of its body, hex. */
export function documentId(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Throws CONFIGURATION for what is no manifest, or where an id is not that of its body. */
export function parseManifest(json: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (cause) {
    throw new CodedError('CONFIGURATION', 'The manifest of trusted documents is not JSON.', { cause });
  }
  const parsed = manifestFile.safeParse(content);
  if (!parsed.success) {
    const [fault] = parsed.error.issues;
    throw new CodedError(
      'CONFIGURATION',
      `The manifest of trusted documents is wrong at ${fault?.path.join('.')}: ${fault?.message}.`,
    );
  }
  const wrong = parsed.data.operations.find(({ id, body }) => id !== documentId(body));
  if (wrong) throw new CodedError('CONFIGURATION', `The trusted document ${wrong.name} is not the one of its id.`);
  return parsed.data;
}

/** Trusted documents by their id. */
export type TrustedDocuments = ReadonlyMap<string, TrustedOperation>;

export function trustedDocuments(manifest: Manifest): TrustedDocuments {
  return new Map(manifest.operations.map((operation) => [operation.id, operation]));
}

/** The texts of trusted documents: each request is compared with them, and a hash would cost more. */
const texts = new WeakMap<TrustedDocuments, ReadonlySet<string>>();

/** Returns whether a text is a trusted document's, however it came. */
export function isTrusted(text: string, documents: TrustedDocuments): boolean {
  let known = texts.get(documents);
  if (!known) {
    known = new Set([...documents.values()].map(({ body }) => body));
    texts.set(documents, known);
  }
  return known.has(text);
}

/** The parameters of a request: a POST's body, or a GET's parameters. */
type Parameters = Readonly<Record<string, unknown>>;

/**
 * Puts the document into a request that only names it: by `extensions.persistedQuery.sha256Hash` as Apollo's
 * and urql's clients do, by `documentId`, or by `id`. One that sends its document stays as it is, whatever it names.
 * Nothing is ever registered by a request.
 * Throws PERSISTED_QUERY_NOT_FOUND where the name is of no trusted document.
 */
export function withNamedDocument(given: Parameters, documents: TrustedDocuments): Parameters {
  const { extensions, documentId: byDocumentId, id: byId, ...rest } = given;
  const { persistedQuery, ...others } = isObject(extensions) ? extensions : {};
  const hash = isObject(persistedQuery) ? persistedQuery.sha256Hash : undefined;
  const kept = {
    ...rest,
    ...(extensions === undefined ? {} : { extensions: isObject(extensions) ? others : extensions }),
  };
  const named = hash ?? byDocumentId ?? byId;
  if (typeof given.query === 'string' || typeof named !== 'string') return kept;
  const operation = documents.get(named.replace(/^sha256:/, ''));
  if (!operation) throw new CodedError('PERSISTED_QUERY_NOT_FOUND', 'No trusted document has this id.');
  return { ...kept, query: operation.body };
}

function isObject(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
