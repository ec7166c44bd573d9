import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { loadSupergraph } from '@bridgehead/federation';
import { config, configure } from '../../src/config.ts';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import { identifyCallers } from '../../src/handlers/gateway/identify-callers.ts';
import { gatewaySubgraphs } from '../../src/handlers/gateway/subgraph-calls.ts';
import type { Call } from '../../src/subgraph/request.ts';
import { reportToParent } from '../server-process.ts';
import { withoutSecurity } from '../without-security.ts';
import { parseOnce } from './parse-once.ts';

/**
 * `@apollo/gateway` that asks the subgraphs by HTTP, all in one process: the usual way to serve a federation. The caller's
 * token is verified once, before the gateway; subgraphs find the request's call by its id.
 */
interface Context {
  readonly requestId?: string;
}

configure({ talentFunction: undefined, localMasterSecret: 'a master key of the bench, which opens nothing' });
const calls = new Map<string, Call>();
const sdl = readFileSync(join(config().schemaDir, 'supergraph.graphql'), 'utf8');
const subgraphs = gatewaySubgraphs(loadSupergraph(sdl), config());

const host = createServer(async (request, response) => {
  const subgraph = subgraphs[request.url?.slice(1) ?? ''];
  const call = calls.get(String(request.headers['x-request-id']));
  const { query, variables = {} } = JSON.parse(await text(request));
  const result = call && (await subgraph?.({ document: parseOnce(query), query, variables, call }));
  response.writeHead(result ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(result ?? {}));
});
// Longer than the gateway keeps a connection: none ends while it is taken again.
host.keepAliveTimeout = 600_000;
await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
const { port } = host.address() as AddressInfo;

const gateway = new ApolloGateway({
  supergraphSdl: withoutSecurity(sdl),
  buildService: ({ name }) =>
    new RemoteGraphQLDataSource<Context>({
      url: `http://127.0.0.1:${port}/${name}`,
      willSendRequest: ({ request, context }) => {
        if (context.requestId) request.http?.headers.set('x-request-id', context.requestId);
      },
    }),
});
const server = new ApolloServer<Context>({
  gateway,
  csrfPrevention: true,
  plugins: [
    {
      requestDidStart: async () => ({
        willSendResponse: async ({ contextValue: { requestId } }) => void calls.delete(String(requestId)),
      }),
    },
  ],
});
await server.start();
const identify = identifyCallers(config());

async function contextOf(authorization: string | undefined): Promise<Context> {
  const call: Call = {
    requestId: randomUUID(),
    viewer: ANONYMOUS,
    now: new Date(),
    locale: 'EN',
    deadline: Date.now() + 25_000,
    signal: AbortSignal.timeout(25_000),
  };
  calls.set(call.requestId, { ...call, viewer: await identify({ authorization }, call) });
  return { requestId: call.requestId };
}

/** Serves behind nothing but node:http, on loopback. Returns the URL. */
async function serve(): Promise<string> {
  const http = createServer(async (request, response) => {
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers.set(name, String(value));
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers,
        search: '',
        body: JSON.parse(await text(request)),
      },
      context: () => contextOf(request.headers.authorization),
    });
    response.writeHead(answer.status ?? 200, Object.fromEntries(answer.headers));
    response.end(answer.body.kind === 'complete' ? answer.body.string : undefined);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

reportToParent(await serve());
