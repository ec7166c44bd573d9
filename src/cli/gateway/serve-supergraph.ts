import { lookup } from 'node:dns/promises';
import { ANONYMOUS } from '../../domain/viewer.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { LIMITS as OPERATION_LIMITS } from '../../gateway/limits/limits.ts';
import { loadPlanner } from '../../gateway/planner.ts';
import { SourceReports } from '../../gateway/remote/sources.ts';
import { subgraphView } from '../../gateway/remote/subgraph-view.ts';
import { startServer } from '../../gateway/server.ts';
import { loadSupergraph, type Supergraph } from '../../gateway/supergraph.ts';
import { createHttpSubgraph, REMOTE_LIMITS, type RemoteLimits } from '../../gateway/transports/http.ts';
import { graphqlHandler } from '../../handlers/graphql-handler.ts';
import { type HttpHost, startHttpHost } from '../../local/http-host.ts';
import type { Invoke } from '../../local/lambda-function.ts';
import type { Subgraph } from '../../subgraph/request.ts';
import { addressesOf } from './addresses.ts';
import { composedSubgraphs } from './composed-subgraphs.ts';

export interface ServeOptions {
  readonly supergraphSdl: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where subgraphs answer, by name; the others where the supergraph says. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** Above API Gateway's time, after which nobody waits. */
const CALL_MS = 29_000;

/** The subgraphs are the operator's own: they may be slow, talk much, and fail on purpose. */
const LIMITS: Partial<RemoteLimits> = {
  time: { milliseconds: 20_000, part: 0.9 },
  body: { ...REMOTE_LIMITS.body, bytes: 64 * 2 ** 20, containers: 2_000_000 },
  breaker: { ...REMOTE_LIMITS.breaker, failures: 20, openMilliseconds: 100, longestOpenMilliseconds: 1_000 },
};

/** Nothing is known of the length of lists where the schema says nothing: all but the cost is held. */
const UNCOSTED = OPERATION_LIMITS.filter(({ name }) => name !== 'cost');

/**
 * Serves a composed supergraph over subgraphs that answer by HTTP: `/graphql` and `/health`, everybody anonymous.
 * Throws CONFIGURATION for a supergraph that can't be enforced, and for a subgraph without an address.
 */
export async function serveSupergraph({ supergraphSdl, port, addresses }: ServeOptions): Promise<HttpHost> {
  const supergraph = loadSupergraph(supergraphSdl);
  const subgraphs = reach(supergraph, addresses);
  const gateway = createGateway({ supergraph, subgraphs, planner: loadPlanner(supergraph) });
  const server = await startServer({
    supergraph,
    gateway,
    mayIntrospect: () => true,
    csrfPrevention: false,
    limits: UNCOSTED,
  });
  const handler = graphqlHandler(async () => ({
    supergraph,
    server,
    documents: new Map(),
    identify: async () => ANONYMOUS,
  }));
  const target: Invoke = (event) =>
    handler(event as Parameters<typeof handler>[0], { getRemainingTimeInMillis: () => CALL_MS });

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

function reach({ document }: Supergraph, addresses: Readonly<Record<string, string>>): Record<string, Subgraph> {
  const urls = addressesOf(composedSubgraphs(document), addresses);
  const sources = new SourceReports();
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [
      name,
      createHttpSubgraph({
        name,
        url,
        schema: subgraphView(document, name),
        sources,
        reach: 'anywhere',
        limits: LIMITS,
        // As the machine resolves names, its own list of hosts included.
        resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
      }),
    ]),
  );
}
