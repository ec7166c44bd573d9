import { lookup } from 'node:dns/promises';
import {
  composedSubgraphs,
  createGateway,
  createHttpSubgraph,
  type Limit,
  loadPlanner,
  loadSupergraph,
  LIMITS as OPERATION_LIMITS,
  REMOTE_LIMITS,
  type RemoteLimits,
  SourceReports,
  type Supergraph,
  subgraphView,
} from '@bridgehead/federation';
import { startServer } from '../../edge/server.ts';
import { CodedError } from '../../errors.ts';
import { graphqlHandler } from '../../handlers/gateway/graphql-handler.ts';
import { type HttpHost, startHttpHost } from '../../local/http/http-host.ts';
import type { Invoke } from '../../local/lambda-function.ts';
import type { Subgraph } from '../../subgraph/request.ts';
import { addressesOf } from './addresses.ts';
import { type Clients, clientsOf } from './clients.ts';
import { type GatewayConfiguration, readConfiguration } from './configuration.ts';

export interface ServeOptions {
  readonly supergraphSdl: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where subgraphs answer, by name; the others where the configuration says, or the supergraph. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly configuration?: GatewayConfiguration;
}

/** Of a fetch's operation: the rest is for whoever waits for the answer. */
const FETCH_PART = 0.95;

/** What a request's own handling takes of its time, which the operation doesn't have. */
const SPARE_MS = 500;

/** The subgraphs are the operator's own: they may talk much, and fail on purpose. */
const SUBGRAPH_LIMITS: Partial<RemoteLimits> = {
  body: { ...REMOTE_LIMITS.body, bytes: 64 * 2 ** 20, containers: 2_000_000 },
  breaker: { ...REMOTE_LIMITS.breaker, failures: 20, openMilliseconds: 100, longestOpenMilliseconds: 1_000 },
};

/**
 * The limits of requests. Nothing is known of the length of lists where the schema says nothing, so the cost is limited
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
  const gateway = createGateway({ supergraph, subgraphs, planner: loadPlanner(supergraph) });
  const server = await startServer({
    supergraph,
    gateway,
    mayIntrospect: () => configuration.introspection,
    grantsFor: clients.grantsFor,
    csrfPrevention: configuration.csrfPrevention,
    limits: limitsOf(configuration),
  });
  const handler = graphqlHandler(async () => ({
    supergraph,
    server,
    documents: new Map(),
    identify: clients.identify,
  }));
  const target: Invoke = (event) =>
    handler(event as Parameters<typeof handler>[0], {
      getRemainingTimeInMillis: () => configuration.timeoutMs + SPARE_MS,
    });

  const host = await startHttpHost(
    [
      { method: 'POST', path: '/graphql', target },
      { method: 'GET', path: '/graphql', target },
      { method: 'GET', path: '/health', target },
    ],
    port,
  );
  return {
    url: host.url,
    async close() {
      await host.close();
      await server.stop();
    },
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
          passesErrorTexts: !configuration.maskErrors,
          // As the machine resolves names, its own list of hosts included.
          resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
        }),
      ];
    }),
  );
}
