import { ApolloServer, type ApolloServerOptionsWithGateway, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import { log } from '../log.ts';
import type { Call } from '../subgraph/request.ts';
import { maskError, statusOf } from './error-mask.ts';
import type { Gateway } from './gateway.ts';
import { noIncrementalDelivery } from './incremental-delivery.ts';
import type { SourceReports } from './remote/sources.ts';
import type { Supergraph } from './supergraph.ts';

/** A document of the largest of ours has some three hundred. */
const MOST_TOKENS = 4_000;
const MOST_VALIDATION_ERRORS = 3;

export interface ServerOptions {
  readonly supergraph: Supergraph;
  readonly gateway: Gateway;
  readonly introspection: boolean;
  /** How remote subgraphs were found: told in `extensions.sources` of an answer that touches any. */
  readonly sources?: SourceReports;
  /** Whether a GET needs a header that browsers don't send by themselves. Default: yes. */
  readonly csrfPrevention?: boolean;
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
  answer(request: HttpRequest, call: Call): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

interface ContextValue {
  readonly call: Call;
}

type ApolloGateway = ApolloServerOptionsWithGateway<ContextValue>['gateway'];
type ApolloExecutor = NonNullable<Awaited<ReturnType<ApolloGateway['load']>>['executor']>;

/** Apollo Server around the gateway: HTTP's rules, parsing, validation and the formatting of errors. */
export async function startServer(options: ServerOptions): Promise<GraphqlServer> {
  const { introspection, csrfPrevention = true } = options;
  const server = new ApolloServer<ContextValue>({
    gateway: asApolloGateway(options),
    introspection,
    csrfPrevention,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationOptions: { maxErrors: MOST_VALIDATION_ERRORS },
    validationRules: [noIncrementalDelivery],
    formatError: (formatted) => maskError(formatted),
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: apolloLogger,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return {
    async answer({ method, headers, search, body }, call) {
      const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, value]],
      );
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method, headers: new HeaderMap(given), search, body },
        context: async () => ({ call }),
      });
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

function asApolloGateway({ supergraph, gateway, sources }: ServerOptions): ApolloGateway {
  const execute: ApolloExecutor = async ({ document, operationName, request, context, queryHash }) => {
    const { call } = context as ContextValue;
    const { data, errors } = await gateway.execute({
      document,
      operationName,
      variables: request.variables,
      call,
      documentHash: queryHash,
    });
    const reports = sources?.of(call) ?? [];
    const extensions = reports.length > 0 ? { extensions: { sources: reports } } : {};
    if (!errors) return { data: data ?? null, ...extensions };
    const masked = errors.map((error) => {
      if (isOurs(error)) log.error('an operation failed', { requestId: call.requestId }, error.originalError ?? error);
      return maskError(error.toJSON(), call.requestId);
    });
    if (data !== undefined) return { data, errors: masked.map(asGraphQLError), ...extensions };
    const http = { status: statusOf(masked) };
    const failed = masked.map((error) => asGraphQLError({ ...error, extensions: { ...error.extensions, http } }));
    return { errors: failed, ...extensions };
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

/** Subgraphs log their own faults, where they know the cause. */
function isOurs(error: GraphQLError): boolean {
  return error.extensions.code === 'INTERNAL_SERVER_ERROR' && error.extensions.subgraph === undefined;
}

function asGraphQLError({ message, path, extensions }: ReturnType<typeof maskError>): GraphQLError {
  return new GraphQLError(message, { ...(path ? { path } : {}), ...(extensions ? { extensions } : {}) });
}

/** What Apollo Server says of itself; it never gets a request's content. */
const apolloLogger = {
  debug: () => {},
  info: () => {},
  warn: (message: unknown) => log.warn('the GraphQL server warns', { message: String(message) }),
  error: (message: unknown) => log.error('the GraphQL server failed', { message: String(message) }),
};
