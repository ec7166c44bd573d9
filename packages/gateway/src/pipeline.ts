import { hash } from 'node:crypto';
import {
  asksForSchema,
  type Call,
  CodedError,
  charactersOf,
  ERROR_KINDS,
  enforceLimits,
  type Gateway,
  type Grants,
  type Limit,
  type Logger,
  MAX_CACHED_CHARACTERS,
  maskError,
  noIncrementalDelivery,
  type Supergraph,
  selectOperation,
  staticLimits,
  tokens,
  validationErrors,
  withoutUnseen,
} from '@bridgehead/federation';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphqlParameters } from './request.ts';

export interface PipelineOptions {
  readonly supergraph: Supergraph;
  readonly gateway: Gateway;
  /** True where clients may ask for the schema, and read why a document is not valid. */
  readonly introspection: boolean;
  readonly limits: readonly Limit[];
  readonly log: Logger;
}

/** The result of one operation, as it is sent. Without `data` nothing was run. */
export interface PipelineResult {
  readonly data?: ExecutionResult['data'];
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: ExecutionResult['extensions'];
}

/** Takes one operation through parsing, validation, limits and execution, and masks its errors. Never rejects. */
export type Pipeline = (
  method: string,
  parameters: GraphqlParameters,
  call: Call,
  grants: Grants,
) => Promise<PipelineResult>;

const VALIDATION_RULES = [...specifiedRules, noIncrementalDelivery];
const MAX_VALIDATION_ERRORS = 3;

export function createPipeline({ supergraph, gateway, introspection, limits, log }: PipelineOptions): Pipeline {
  const { apiSchema: schema, costs } = supergraph;
  const enforceStaticLimits = staticLimits(limits);
  const valid = new LRUCache<string, DocumentNode>({ maxSize: MAX_CACHED_CHARACTERS, sizeCalculation: charactersOf });

  async function documentOf(query: string, hash: string, call: Call, grants: Grants): Promise<DocumentNode> {
    const known = valid.get(hash);
    if (known) return known;
    enforceStaticLimits(query);
    const document = parsed(query);
    if (validate(schema, document, VALIDATION_RULES, { maxErrors: MAX_VALIDATION_ERRORS }).length > 0) {
      const visible = introspection ? await gateway.schemaFor(grants, call) : undefined;
      throw new Invalid(validationErrors(document, visible));
    }
    valid.set(hash, document);
    return document;
  }

  async function run(
    method: string,
    { query, operationName, variables }: GraphqlParameters,
    call: Call,
    grants: Grants,
  ): Promise<ExecutionResult> {
    const documentHash = hash('sha256', query);
    const document = await documentOf(query, documentHash, call, grants);
    const { operation, fragments } = selectOperation(document, operationName);
    if (method === 'GET' && operation.operation !== 'query') {
      throw new CodedError('METHOD_NOT_ALLOWED', 'By GET only queries are answered: send this by POST.');
    }
    if (!introspection && asksForSchema(document)) {
      throw new CodedError('FORBIDDEN', 'The schema is not open to this caller.');
    }
    enforceLimits('operation', { schema, costs, operation, fragments, variables: variables ?? {} }, limits);
    const result = await gateway.execute({ document, operationName, variables, call, grants, documentHash });
    if (!result.errors) return result;
    const visible = introspection ? await gateway.schemaFor(grants, call) : undefined;
    return { ...result, errors: result.errors.map((error) => withoutUnseen(error, visible)) };
  }

  const masked = (error: GraphQLError, { requestId }: Call): GraphQLFormattedError => {
    const told = maskError(error.toJSON(), ERROR_KINDS, requestId);
    // A subgraph's own error has no cause here, and is in the subgraph's log.
    const isOurs = error.extensions.subgraph === undefined || error.originalError !== undefined;
    if (isOurs && told.extensions?.code === 'INTERNAL_SERVER_ERROR') {
      log.error('an operation failed', { requestId }, error.originalError ?? error);
    }
    return told;
  };

  return async (method, parameters, call, grants) => {
    try {
      const { data, errors, extensions } = await run(method, parameters, call, grants);
      return {
        ...(errors ? { errors: errors.map((error) => masked(error, call)) } : {}),
        ...(data === undefined ? {} : { data }),
        ...(extensions ? { extensions: { ...extensions } } : {}),
      };
    } catch (error) {
      if (error instanceof Invalid) return { errors: error.errors };
      return { errors: [masked(asGraphQLError(error), call)] };
    }
  };
}

/** A document that is not valid, with the errors that its client may read. */
class Invalid extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super('not valid');
    this.errors = errors;
  }
}

/** Parses a document. Throws a GraphQLError with the code GRAPHQL_PARSE_FAILED. */
function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: tokens.allowed });
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions.code = 'GRAPHQL_PARSE_FAILED';
    throw error;
  }
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof CodedError) {
    return new GraphQLError(error.message, {
      extensions: { ...error.details, code: error.code },
      originalError: error,
    });
  }
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError('', { originalError, extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}
