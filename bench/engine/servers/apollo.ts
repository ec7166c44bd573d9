import { readFileSync } from 'node:fs';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { apolloGateway } from '../engines/apollo.ts';
import { listen } from './listen.ts';

/** Apollo Server before `@apollo/gateway`, with the limits that it has by itself. REACH says how it reaches subgraphs. */
const gateway = apolloGateway({
  supergraphSdl: readFileSync(process.env.SUPERGRAPH ?? '', 'utf8'),
  reach: process.env.REACH === 'over HTTP' ? 'over HTTP' : 'in process',
  onFetch: () => {},
});
const server = new ApolloServer({ gateway, introspection: false });
await server.start();

listen(async ({ headers, ...request }) => {
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { ...request, headers: new HeaderMap(Object.entries(headers)) },
    context: async () => ({}),
  });
  return {
    status: answer.status ?? 200,
    headers: Object.fromEntries(answer.headers),
    body: answer.body.kind === 'complete' ? answer.body.string : '',
  };
});
