import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { loadSupergraph } from '@bridgehead/federation';
import { config } from '../../src/config.ts';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import { identifyCallers } from '../../src/handlers/gateway/identify-callers.ts';
import { gatewaySubgraphs } from '../../src/handlers/gateway/subgraph-calls.ts';
import type { Call, Subgraph } from '../../src/subgraph/request.ts';
import { reportToParent } from '../server-process.ts';
import { withoutSecurity } from '../without-security.ts';
import { parseOnce } from './parse-once.ts';

/** `@apollo/gateway` over the same subgraphs in its own process, behind nothing but node:http. */
interface BenchContext {
  readonly call: Call;
}

const sdl = readFileSync(join(config().schemaDir, 'supergraph.graphql'), 'utf8');
const subgraphs = gatewaySubgraphs(loadSupergraph(sdl), config());

function dataSource(subgraph: Subgraph): GraphQLDataSource<BenchContext> {
  return {
    async process({ request, context }) {
      const query = request.query ?? '';
      const result = await subgraph({
        document: parseOnce(query),
        query,
        variables: request.variables ?? {},
        // While it loads, the gateway asks without a context, and of none of our subgraphs.
        call: (context as BenchContext).call,
      });
      return result as Awaited<ReturnType<GraphQLDataSource<BenchContext>['process']>>;
    },
  };
}

const server = new ApolloServer<BenchContext>({
  gateway: new ApolloGateway({
    supergraphSdl: withoutSecurity(sdl),
    buildService: ({ name }) => {
      const subgraph = subgraphs[name];
      if (!subgraph) throw new Error(`no subgraph ${name}`);
      return dataSource(subgraph);
    },
  }),
  csrfPrevention: true,
});
await server.start();
const identify = identifyCallers(config());

async function newCall(authorization: string | undefined): Promise<Call> {
  const call: Call = {
    requestId: randomUUID(),
    viewer: ANONYMOUS,
    now: new Date(),
    locale: 'EN',
    deadline: Date.now() + 25_000,
    signal: AbortSignal.timeout(25_000),
  };
  return { ...call, viewer: await identify({ authorization }, call) };
}

const http = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers.set(name, String(value));
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers,
        search: '',
        body: JSON.parse(Buffer.concat(chunks).toString()),
      },
      context: async () => ({ call: await newCall(request.headers.authorization) }),
    });
    response.writeHead(answer.status ?? 200, Object.fromEntries(answer.headers));
    response.end(answer.body.kind === 'complete' ? answer.body.string : undefined);
  });
});
http.listen(0, '127.0.0.1', () => reportToParent(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
