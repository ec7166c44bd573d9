import { ApolloServer, type ApolloServerOptionsWithGateway, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import {
  acceptedType,
  type Gateway,
  type Grants,
  isSimpleRequest,
  LIMITS,
  type Limit,
  maskError,
  noIncrementalDelivery,
  PREFLIGHTED_HEADERS,
  type SchemaForCaller,
  type SourceReports,
  type Supergraph,
  staticLimits,
  tokens,
  withoutUnseen,
} from '@bridgehead/federation';
import { grantsOf } from '../domain/grants.ts';
import { viewerKey } from '../domain/viewer.ts';
import { CodedError, ERROR_KINDS } from '../errors.ts';
import { log } from '../log.ts';
import type { Call } from '../subgraph/request.ts';
import { atTheEdge, type ContextValue } from './apollo-plugin.ts';
import type { Charge } from './budget/charge.ts';
import { knownDocuments } from './known-documents.ts';

const MOST_VALIDATION_ERRORS = 3;

export interface ServerOptions {
  readonly supergraph: Supergraph;
  readonly gateway: Gateway<Call>;
  /** Whether a caller may look up what they may ask for: by introspection, and in what validation says. */
  readonly mayIntrospect: (call: Call) => boolean;
  /** What a call may ask for of what directives guard. Default: what its viewer's kind entitles to. */
  readonly grantsFor?: (call: Call) => Grants;
  /** How remote subgraphs were found: told in `extensions.sources` of an answer that touches any. */
  readonly sources?: SourceReports;
  /** Whether a GET needs a header that browsers don't send by themselves. Default: yes. */
  readonly csrfPrevention?: boolean;
  /** Default: all of them. */
  readonly limits?: readonly Limit[];
}

/** A GraphQL-over-HTTP request; `body` is parsed JSON. */
export interface HttpRequest {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What follows the `?`, with it. */
  readonly search: string;
  readonly body: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GraphqlServer {
  /**
   * Answers what is a GraphQL-over-HTTP request, errors of GraphQL and all. A charge is paid by its client; without one
   * it costs nobody anything.
   * Throws CodedError for what is refused before that: NOT_ACCEPTABLE, BAD_REQUEST, THROTTLED, OPERATION_TOO_COMPLEX.
   */
  answer(request: HttpRequest, call: Call, charge?: Charge): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

type ApolloGateway = ApolloServerOptionsWithGateway<ContextValue>['gateway'];
type ApolloExecutor = NonNullable<Awaited<ReturnType<ApolloGateway['load']>>['executor']>;

/** Apollo Server around the gateway: parsing, validation, and the formatting of errors; what comes before it is held here. */
export async function startServer(options: ServerOptions): Promise<GraphqlServer> {
  const { supergraph, csrfPrevention = true, limits = LIMITS } = options;
  const schemaFor = schemaByCaller(options);
  const holdStaticLimits = staticLimits(limits);
  const server = new ApolloServer<ContextValue>({
    gateway: asApolloGateway(options, schemaFor),
    introspection: true,
    csrfPrevention: false,
    persistedQueries: false,
    documentStore: knownDocuments(),
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: tokens.allowed },
    validationOptions: { maxErrors: MOST_VALIDATION_ERRORS },
    validationRules: [noIncrementalDelivery],
    formatError: (formatted) => maskError(formatted, ERROR_KINDS),
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: apolloLogger,
    plugins: [
      atTheEdge({ supergraph, limits, schemaFor }),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return {
    async answer({ method, headers, search, body }, call, charge) {
      const accept = acceptedType(headers.accept);
      if (!accept)
        throw new CodedError(
          'NOT_ACCEPTABLE',
          'Answers are JSON: application/graphql-response+json or application/json.',
        );
      if (csrfPrevention && isSimpleRequest(headers)) throw maybeForged();
      charge?.admit();
      const text = method === 'POST' ? queryOf(body) : new URLSearchParams(search).get('query');
      const run = () => {
        if (typeof text === 'string') holdStaticLimits(text);
        return server.executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method, headers: new HeaderMap([['accept', accept]]), search, body },
          context: async () => ({ call, charge }),
        });
      };
      const response = await Promise.resolve()
        .then(run)
        .finally(() => charge?.payForLook());
      if (response.body.kind === 'chunked') throw new Error('an answer came in parts, which nothing here makes');
      return {
        status: response.status ?? 200,
        headers: Object.fromEntries(response.headers),
        body: response.body.string,
      };
    },
    stop: () => server.stop(),
  };
}

function queryOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
}

function maybeForged(): CodedError {
  return new CodedError(
    'BAD_REQUEST',
    `A page of another site could have sent this: send the header ${PREFLIGHTED_HEADERS[0]} with any value.`,
  );
}

const ofViewer = ({ viewer }: Call): Grants => grantsOf(viewer);

function schemaByCaller({ gateway, mayIntrospect, grantsFor = ofViewer }: ServerOptions): SchemaForCaller<Call> {
  return async (call) => (mayIntrospect(call) ? gateway.schemaFor(grantsFor(call), call) : undefined);
}

function asApolloGateway(
  { supergraph, gateway, sources, grantsFor = ofViewer }: ServerOptions,
  schemaFor: SchemaForCaller<Call>,
): ApolloGateway {
  const execute: ApolloExecutor = async ({ document, request, context, queryHash }) => {
    const { call, charge } = context as ContextValue;
    const {
      data,
      errors,
      extensions: ofSubgraphs = {},
    } = await gateway.execute({
      document,
      // As it was given: Apollo Server knows none where it names no operation.
      operationName: request.operationName,
      variables: request.variables,
      call,
      grants: grantsFor(call),
      // Nobody in particular can't be the same client twice.
      clientKey: call.viewer.kind === 'anonymous' ? undefined : viewerKey(call.viewer),
      documentHash: queryHash,
      meter: charge?.meter,
    });
    const reports = sources?.of(call) ?? [];
    const merged = { ...ofSubgraphs, ...(reports.length > 0 ? { sources: reports } : {}) };
    const extensions = Object.keys(merged).length > 0 ? { extensions: merged } : {};
    if (!errors) return { data: data ?? null, ...extensions };
    const schema = await schemaFor(call);
    const told = errors.map((error) => withoutUnseen(error, schema));
    return data === undefined ? { errors: told, ...extensions } : { data, errors: told, ...extensions };
  };
  return {
    onSchemaLoadOrUpdate(update) {
      update({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
      return () => {};
    },
    load: async () => ({ executor: execute }),
    stop: async () => {},
  };
}

/** What Apollo Server says of itself. What follows a colon is an error's own words, which may quote a value. */
const apolloLogger = {
  debug: () => {},
  info: () => {},
  warn: (message: unknown) => log.warn('the GraphQL server warns', { message: withoutCause(message) }),
  error: (message: unknown) => log.error('the GraphQL server failed', { message: withoutCause(message) }),
};

function withoutCause(message: unknown): string {
  return String(message).split(':', 1).join();
}
