import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { parse } from 'graphql';
import { withoutSecurity } from '../without-security.ts';
import { caseStatus, ROOT, VARIABLES } from './document.ts';
import { answerOf } from './talent.ts';

/** Apollo Server before `@apollo/gateway`, with nothing around them, over subgraphs of one case. */
const source: GraphQLDataSource = {
  process: async ({ request }) =>
    answerOf(parse(request.query ?? '')) as Awaited<ReturnType<GraphQLDataSource['process']>>,
};
const silent = { debug() {}, info() {}, warn() {}, error: console.error };
const server = new ApolloServer({
  gateway: new ApolloGateway({
    // It warns of each subgraph that has no address.
    supergraphSdl: withoutSecurity(readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8')).replaceAll(
      'url: ""',
      'url: "here"',
    ),
    buildService: () => source,
    logger: silent,
  }),
  introspection: false,
  logger: silent,
});

async function answer(): Promise<string> {
  await server.start();
  const { body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['content-type', 'application/json']]),
      search: '',
      body: { query: caseStatus().body, variables: VARIABLES },
    },
    context: async () => ({}),
  });
  return body.kind === 'complete' ? body.string : '';
}

answer().then((body) => process.stdout.write(body, () => process.exit(0)));
