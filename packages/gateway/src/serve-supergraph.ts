import { lookup } from 'node:dns/promises';
import {
  CodedError,
  composedSubgraphs,
  createGateway,
  createHttpSubgraph,
  type Limit,
  type Logger,
  loadPlanner,
  loadSupergraph,
  LIMITS as OPERATION_LIMITS,
  REMOTE_LIMITS,
  type RemoteLimits,
  SourceReports,
  type Subgraph,
  type Supergraph,
  subgraphView,
} from '@bridgehead/federation';
import { addressesOf } from './addresses.ts';
import { type Clients, clientsOf } from './clients.ts';
import { type GatewayConfiguration, readConfiguration } from './configuration.ts';
import { graphqlEndpoint, type HttpAnswer } from './graphql-endpoint.ts';
import { type HttpHost, startHttpHost } from './http-host.ts';
import { createPipeline } from './pipeline.ts';

export interface ServeOptions {
  readonly supergraphSdl: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where subgraphs answer, by name; the others where the configuration says, or the supergraph. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly configuration?: GatewayConfiguration;
}

/** The part of an operation's time that one fetch may take: the rest is for answering. */
const FETCH_PART = 0.95;

/** Limits of subgraphs that are the operator's own: they may answer much, and fail on purpose. */
const SUBGRAPH_LIMITS: Partial<RemoteLimits> = {
  body: { ...REMOTE_LIMITS.body, bytes: 64 * 2 ** 20, containers: 2_000_000 },
  breaker: { ...REMOTE_LIMITS.breaker, failures: 20, openMilliseconds: 100, longestOpenMilliseconds: 1_000 },
};

/**
 * Returns the limits of requests. Nothing is known of the length of lists where the schema says nothing, so the cost is limited
 * only where the configuration says to what.
 */
function limitsOf({ limits }: GatewayConfiguration): readonly Limit[] {
  return OPERATION_LIMITS.flatMap((limit) => {
    const allowed = limits[limit.name];
    if (allowed !== undefined) return { ...limit, allowed };
    return limit.name === 'cost' ? [] : limit;
  });
}

/**
 * Serves a composed supergraph over subgraphs that answer by HTTP: `/graphql` and `/health`.
 * Throws CONFIGURATION for a supergraph that can't be enforced, for a subgraph without an address, and for settings of a
 * subgraph that isn't there.
 */
export async function serveSupergraph({
  supergraphSdl,
  port,
  addresses,
  configuration = readConfiguration('{}'),
}: ServeOptions): Promise<HttpHost> {
  const supergraph = loadSupergraph(supergraphSdl);
  const clients = clientsOf(configuration);
  const subgraphs = reach(supergraph, addresses, configuration, clients);
  const gateway = createGateway({ supergraph, subgraphs, planner: loadPlanner(supergraph), log });
  const limits = limitsOf(configuration);
  const { introspection, csrfPrevention, timeoutMs } = configuration;
  const pipeline = createPipeline({ supergraph, gateway, introspection, limits, log });
  return startHttpHost({
    port,
    timeoutMs,
    maxBodyBytes: limits.find(({ stage }) => stage === 'bytes')?.allowed ?? 0,
    log,
    routes: {
      '/graphql': graphqlEndpoint({ pipeline, clients, limits, csrfPrevention, log }),
      '/health': async () => health(supergraph),
    },
  });
}

/** Tells that the process answers, and which supergraph it has loaded. */
function health({ hash, subgraphs }: Supergraph): HttpAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ status: 'ok', supergraph: hash, subgraphs }),
  };
}

function reach(
  { document }: Supergraph,
  addresses: Readonly<Record<string, string>>,
  configuration: GatewayConfiguration,
  clients: Clients,
): Record<string, Subgraph> {
  const { subgraphs: settings, headers } = configuration;
  const configured = Object.entries(settings).flatMap(([name, { url }]) => (url === undefined ? [] : [[name, url]]));
  const urls = addressesOf(composedSubgraphs(document), { ...Object.fromEntries(configured), ...addresses });
  const unknown = Object.keys(settings).filter((name) => urls[name] === undefined);
  if (unknown.length > 0)
    throw new CodedError('CONFIGURATION', `The supergraph has no subgraph ${unknown.join(', ')}.`);
  const sources = new SourceReports();
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => {
      const own = settings[name];
      const forward = [...headers.forward, ...(own?.headers.forward ?? [])];
      const fixed = { ...headers.set, ...own?.headers.set };
      const milliseconds = own?.timeoutMs ?? configuration.subgraphTimeoutMs;
      return [
        name,
        createHttpSubgraph({
          name,
          url,
          schema: subgraphView(document, name),
          sources,
          reach: 'anywhere',
          limits: { ...SUBGRAPH_LIMITS, time: { milliseconds, part: FETCH_PART } },
          headersOf: (call) => ({ ...clients.headersOf(call, forward), ...fixed }),
          log,
          passesErrorTexts: !configuration.maskErrors,
          // As the machine resolves names, its own list of hosts included.
          resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
        }),
      ];
    }),
  );
}

/** Writes one JSON line for each fault to standard error. Causes are told by name and place, never by a foreign message. */
const log: Logger = {
  warn: (message, fields = {}) => write('WARN', message, fields),
  error: (message, fields = {}, error) => write('ERROR', message, { ...fields, ...describe(error) }),
};

function write(level: string, message: string, fields: object): void {
  process.stderr.write(`${JSON.stringify({ level, message, timestamp: new Date().toISOString(), ...fields })}\n`);
}

function describe(error: unknown): object {
  if (!(error instanceof Error)) return error === undefined ? {} : { error: typeof error };
  const { name, message, stack = '' } = error;
  const at = [...stack.matchAll(/^ {4}at (.+)$/gm)].map(([, frame]) => frame);
  return { error: { name, ...(error instanceof CodedError ? { code: error.code, message } : {}), at } };
}
