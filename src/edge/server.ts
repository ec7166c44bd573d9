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
import { type ContextValue, edgePlugin, refusal } from './apollo-plugin.ts';
import type { Charge } from './budget/budgets.ts';
import { type HttpAnswer, type HttpRequest, parametersOf } from './http-message.ts';
import { charged, isWhole, type KeptAnswers, RecentWriters, withoutCost } from './kept-answers.ts';

const MAX_VALIDATION_ERRORS = 3;

export interface ServerOptions {
  readonly supergraph: Supergraph;
  readonly gateway: Gateway<Call>;
  /** Returns whether a caller may read the schema: by introspection, and in validation errors. */
  readonly mayIntrospect: (call: Call) => boolean;
  /** Returns the grants of a call. Default: those of its viewer. */
  readonly grantsFor?: (call: Call) => Grants;
  /** Reports of remote subgraphs, for `extensions.sources` of an answer that touches any. */
  readonly sources?: SourceReports;
  /** True where a GET needs a header that browsers don't send by themselves. Default: true. */
  readonly csrfPrevention?: boolean;
  /** Default: all of them. */
  readonly limits?: readonly Limit[];
  /** For how long subgraphs keep rarely changed data, in milliseconds. Default: not at all. */
  readonly keptMs?: number;
  /** Answers that are the same for all callers. Default: none are kept. */
  readonly answers?: KeptAnswers;
}

export interface GraphqlServer {
  /**
   * Answers a GraphQL-over-HTTP request. Its client pays the charge; a request without one is free.
   * Throws CodedError for a request that is refused before: NOT_ACCEPTABLE, BAD_REQUEST, THROTTLED, OPERATION_TOO_COMPLEX.
   */
  answer(request: HttpRequest, call: Call, charge?: Charge): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

type ApolloGateway = ApolloServerOptionsWithGateway<ContextValue>['gateway'];
type ApolloExecutor = NonNullable<Awaited<ReturnType<ApolloGateway['load']>>['executor']>;

/** Starts Apollo Server around the gateway: it parses, validates and formats errors. Earlier refusals are made here. */
export async function startServer(options: ServerOptions): Promise<GraphqlServer> {
  const { supergraph, csrfPrevention = true, limits = LIMITS, keptMs = 0, answers } = options;
  const writers = new RecentWriters(keptMs);
  const schemaFor = schemaByCaller(options);
  const holdStaticLimits = staticLimits(limits);
  const server = new ApolloServer<ContextValue>({
    gateway: asApolloGateway(options, schemaFor, writers),
    introspection: true,
    csrfPrevention: false,
    persistedQueries: false,
    // The plugin keeps documents. For a store of its own Apollo Server prints the whole schema at its start.
    documentStore: null,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: tokens.allowed },
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    validationRules: [noIncrementalDelivery],
    formatError: (formatted) => maskError(formatted, ERROR_KINDS),
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: apolloLogger,
    plugins: [
      edgePlugin({ supergraph, limits, schemaFor }),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return {
    async answer({ method, headers, search, body, isShipped = false }, call, charge) {
      const accept = acceptedType(headers.accept);
      if (!accept)
        throw new CodedError(
          'NOT_ACCEPTABLE',
          'Answers are JSON: application/graphql-response+json or application/json.',
        );
      if (csrfPrevention && isSimpleRequest(headers)) throw crossSiteRequest();
      charge?.admit();
      const { query, ...rest } = parametersOf({ method, headers, search, body });
      const asked = writers.has(call.viewer) ? { ...call, hasWritten: true } : call;
      const place =
        isShipped && typeof query === 'string' && charge?.wish === undefined
          ? answers?.placeOf({ query, ...rest, accept }, asked)
          : undefined;
      const shared = (answer: HttpAnswer, ageMs: number) =>
        answers && place && method === 'GET' && isWhole(answer)
          ? withoutCost({ ...answer, shared: answers.sharedSeconds(ageMs) })
          : answer;
      if (place?.kept && (!charge || place.kept.cost))
        return shared(await charged(place.kept, charge, call.now), place.kept.ageMs);
      const run = () => {
        if (typeof query === 'string') holdStaticLimits(query);
        return server.executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method, headers: new HeaderMap([['accept', accept]]), search, body },
          context: async () => ({ call: asked, charge }),
        });
      };
      const response = await Promise.resolve()
        .then(run)
        .finally(() => charge?.payIfUnpaid());
      if (response.body.kind === 'chunked') throw new Error('an answer came in parts, which nothing here makes');
      const answer: HttpAnswer = {
        status: response.status ?? 200,
        headers: Object.fromEntries(response.headers),
        body: response.body.string,
      };
      if (isWhole(answer)) place?.keep(withoutCost(answer), charge?.cost);
      return shared(answer, 0);
    },
    stop: () => server.stop(),
  };
}

function crossSiteRequest(): CodedError {
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
  writers: RecentWriters,
): ApolloGateway {
  const execute: ApolloExecutor = async ({ document, operation, request, context, queryHash }) => {
    const { call: asked, charge } = context as ContextValue;
    const isMutation = operation.operation === 'mutation';
    const call = isMutation ? { ...asked, hasWritten: true } : asked;
    const {
      data,
      errors,
      extensions: ofSubgraphs = {},
    } = await gateway.execute({
      document,
      // As the client gave it: Apollo Server has none where the client names no operation.
      operationName: request.operationName,
      variables: request.variables,
      call,
      grants: grantsFor(call),
      // An anonymous caller can't be recognised as the same client.
      clientKey: call.viewer.kind === 'anonymous' ? undefined : viewerKey(call.viewer),
      documentHash: queryHash,
      meter: charge?.meter,
    });
    if (isMutation) writers.add(asked.viewer);
    await charge?.paid().catch((error) => {
      throw error instanceof CodedError ? refusal(error) : error;
    });
    const reports = sources?.of(call) ?? [];
    const merged = { ...ofSubgraphs, ...(reports.length > 0 ? { sources: reports } : {}) };
    const extensions = Object.keys(merged).length > 0 ? { extensions: merged } : {};
    if (!errors) return { data: data ?? null, ...extensions };
    const schema = await schemaFor(call);
    const shown = errors.map((error) => withoutUnseen(error, schema));
    return data === undefined ? { errors: shown, ...extensions } : { data, errors: shown, ...extensions };
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

/** Apollo Server's own log. The words after a colon are an error's, which may quote a value. */
const apolloLogger = {
  debug: () => {},
  info: () => {},
  warn: (message: unknown) => log.warn('the GraphQL server warns', { message: withoutCause(message) }),
  error: (message: unknown) => log.error('the GraphQL server failed', { message: withoutCause(message) }),
};

function withoutCause(message: unknown): string {
  return String(message).split(':', 1).join();
}
