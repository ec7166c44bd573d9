import type { ApolloServerPlugin } from '@apollo/server';
import {
  asksForSchema,
  charactersOf,
  costOf,
  enforceLimits,
  GRAPHQL_RESPONSE,
  JSON_RESPONSE,
  type Limit,
  MAX_CACHED_CHARACTERS,
  maskError,
  retryAfter,
  type SchemaForCaller,
  type Supergraph,
  selectOperation,
  statusOf,
  validationErrors,
} from '@bridgehead/federation';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { personalInputs, takesInput } from '../documents/personal-input.ts';
import { CodedError, ERROR_KINDS } from '../errors.ts';
import { log } from '../log.ts';
import type { Call, Subgraph } from '../subgraph/request.ts';
import { type Charge, COST_HEADER, costHeader } from './budget/budgets.ts';
import { usedFields } from './used-fields.ts';

/** The context that Apollo Server carries through one request: the call, and its client's charge. */
export interface ContextValue {
  readonly call: Call;
  readonly charge: Charge | undefined;
}

interface EdgeOptions {
  readonly supergraph: Pick<Supergraph, 'apiSchema' | 'costs' | 'tags'>;
  readonly limits: readonly Limit[];
  readonly schemaFor: SchemaForCaller<Call>;
}

/**
 * Makes an Apollo Server plugin. It keeps valid documents, so that each is parsed and validated once. Before an operation
 * is planned, it refuses introspection to callers without it and personal data in a URL, enforces the limits that need
 * variables, and charges the client. It masks errors and sets their status.
 */
export function edgePlugin({ supergraph, limits, schemaFor }: EdgeOptions): ApolloServerPlugin<ContextValue> {
  const { apiSchema: schema, costs } = supergraph;
  const personal = personalInputs(supergraph.tags);
  const known = knownDocuments();
  return {
    requestDidStart: async () => ({
      async didResolveSource(context) {
        const document = known.get(context.queryHash);
        // Apollo Server parses and validates what has no document yet.
        if (document) Object.assign(context, { document });
      },
      async didResolveOperation({ document, queryHash, request, contextValue }) {
        known.set(queryHash, document);
        if (asksForSchema(document) && !(await schemaFor(contextValue.call))) {
          throw refusal(new CodedError('FORBIDDEN', 'The schema is not open to this caller.'));
        }
        if (request.http?.method === 'GET' && takesInput(document, schema, personal)) throw refusal(IN_A_BODY);
        const notes = notesOf(contextValue.call.requestId);
        if (notes) notes.fields = usedFields(document, schema);
        const variables = request.variables ?? {};
        try {
          // By the gateway's own choice, so that the operation that runs is the one that is limited and charged.
          const { operation, fragments } = selectOperation(document, request.operationName);
          const asked = { schema, costs, operation, fragments, variables };
          const { cost = costOf(asked) } = enforceLimits('operation', asked, limits);
          const { charge } = contextValue;
          if (operation.operation === 'query' && charge?.wish !== 'dry-run') charge?.reserveBeside(cost);
          // A mutation is paid before it changes anything.
          else await charge?.reserve(cost);
        } catch (error) {
          throw error instanceof CodedError ? refusal(error) : error;
        }
      },
      async responseForOperation({ contextValue: { charge }, response: { http } }) {
        return charge?.wish === 'dry-run' ? { http, body: { kind: 'single', singleResult: {} } } : null;
      },
      /** Logs internal errors, whether the gateway, Apollo Server or this plugin made them. */
      async didEncounterErrors({ errors, contextValue: { call } }) {
        for (const error of errors) {
          if (!isOurs(error)) continue;
          log.error('an operation failed', { requestId: call.requestId }, error.originalError ?? error);
        }
      },
      async willSendResponse({ response: { body, http }, request, document, contextValue: { call, charge } }) {
        if (body.kind !== 'single') return;
        const result = body.singleResult;
        // Apollo Server answers what doesn't parse, isn't valid or passes a limit without running it.
        await charge?.payIfUnpaid();
        await charge?.settle();
        const cost = charge?.cost;
        if (cost) http.headers.set(COST_HEADER, costHeader(cost, call.now));
        if (cost && charge?.wish) result.extensions = { ...result.extensions, cost };
        if (!result.errors) return;
        http.headers.set('cache-control', 'no-store');
        const shown = http.status === 405 ? [BY_POST] : (result.errors ?? []);
        const masked = shown.map((error) => maskError(error, ERROR_KINDS, call.requestId));
        for (const { extensions } of masked) notesOf(call.requestId)?.codes.add(String(extensions?.code));
        result.errors = document && isInvalid(masked) ? validationErrors(document, await schemaFor(call)) : masked;
        const type = request.http?.headers.get('accept') === GRAPHQL_RESPONSE ? GRAPHQL_RESPONSE : JSON_RESPONSE;
        if (result.data === undefined) http.status = statusOf(masked, ERROR_KINDS, type);
        else if (type === GRAPHQL_RESPONSE) http.status = PARTIAL_SUCCESS;
        if (http.status === 405) http.headers.set('allow', 'POST');
        const { 'retry-after': wait } = retryAfter(masked, ERROR_KINDS, call.now);
        if (wait && result.data === undefined) http.headers.set('retry-after', wait);
      },
    }),
  };
}

/** An answer that has data and errors (GraphQL over HTTP, September 2026, "Partial success"); in `application/json` it has 200. */
const PARTIAL_SUCCESS = 294;

const IN_A_BODY = new CodedError('METHOD_NOT_ALLOWED', 'Personal data are taken in a body only: send this by POST.');

/** Returns whether an error is internal. One that a subgraph reported has no cause here, and is in the subgraph's log. */
function isOurs(error: GraphQLError): boolean {
  const isReported = error.extensions.subgraph !== undefined && error.originalError === undefined;
  return !isReported && maskError(error.toJSON(), ERROR_KINDS).extensions?.code === 'INTERNAL_SERVER_ERROR';
}

/** Replaces Apollo Server's own words. */
const BY_POST: GraphQLFormattedError = {
  message: 'By GET only queries are answered: send this by POST.',
  extensions: { code: 'METHOD_NOT_ALLOWED' },
};

function isInvalid(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.some(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION_FAILED');
}

/** Returns a refusal in the form that Apollo Server takes. */
export function refusal({ message, code, details }: CodedError): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code } });
}

/** Notes for a request's log line: the subgraphs that the request reached, the codes of its errors, the fields that its document names. */
export interface RequestNotes {
  readonly subgraphs: Set<string>;
  readonly codes: Set<string>;
  /** `Type.field`, as the schema has them; empty until the document is valid. */
  fields: readonly string[];
}

/** The notes of requests in progress, by request id: parts of a request copy its call. */
const inProgress = new Map<string, RequestNotes>();

/** Opens the notes of a request. The caller runs `end` after the answer. */
export function openNotes(requestId: string): { readonly notes: RequestNotes; readonly end: () => void } {
  const notes: RequestNotes = { subgraphs: new Set(), codes: new Set(), fields: [] };
  inProgress.set(requestId, notes);
  return { notes, end: () => inProgress.delete(requestId) };
}

/** Returns the notes of a request; undefined if nobody reads them. */
export function notesOf(requestId: string): RequestNotes | undefined {
  return inProgress.get(requestId);
}

/** Notes that a request reached a subgraph. */
export function noted(name: string, subgraph: Subgraph): Subgraph {
  return (request) => {
    notesOf(request.call.requestId)?.subgraphs.add(name);
    return subgraph(request);
  };
}

/** Longest text that is cached. A longer one is parsed and validated each time, at its sender's cost. */
const MAX_CACHED_DOCUMENT_CHARACTERS = 5_000;

/** Parsed and valid documents by the hash of their text. */
export interface KnownDocuments {
  get(hash: string): DocumentNode | undefined;
  set(hash: string, document: DocumentNode): void;
}

/**
 * Makes a store that weighs documents by their text. Apollo Server's own weighs their JSON, in which a comment weighs nothing.
 */
export function knownDocuments(): KnownDocuments {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: charactersOf,
  });
  return {
    get: (hash) => documents.get(hash),
    set(hash, document) {
      if (documents.has(hash) || charactersOf(document) > MAX_CACHED_DOCUMENT_CHARACTERS) return;
      documents.set(hash, document);
    },
  };
}
