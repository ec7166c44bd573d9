import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway, loadPlanner, parseManifest, trustedDocuments } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { startServer } from '../../src/edge/server.ts';
import { loadShippedSupergraph } from '../../src/edge/shipped-supergraph.ts';
import { graphqlHandler } from '../../src/handlers/gateway/graphql-handler.ts';
import type { Subgraph } from '../../src/subgraph/request.ts';
import { caseStatus, ROOT, VARIABLES } from './document.ts';
import { answerOf } from './talent.ts';

/** Our handler from its event to its answer, started as `src/handlers/gateway/gateway.ts` starts it, over subgraphs of one case. */
const handler = graphqlHandler(async () => {
  const { supergraph, shippedPlans } = loadShippedSupergraph({
    schemaDir: join(ROOT, 'schema'),
    plansFile: join(ROOT, 'dist/plans.json'),
  });
  const subgraph: Subgraph = async ({ document }) => answerOf(document);
  const gateway = createGateway({
    supergraph,
    subgraphs: Object.fromEntries(supergraph.subgraphs.map((name) => [name, subgraph])),
    planner: loadPlanner(supergraph),
    shippedPlans,
  });
  const server = await startServer({ supergraph, gateway, mayIntrospect: () => false });
  const documents = trustedDocuments(
    parseManifest(readFileSync(join(ROOT, 'schema/operations/manifest.json'), 'utf8')),
  );
  return { supergraph, server, documents, identify: async () => ({ kind: 'applicant', person: 'p' }) };
});

async function answer(): Promise<string> {
  const { body = '' } = await handler(
    {
      rawPath: '/graphql',
      rawQueryString: '',
      headers: { 'content-type': 'application/json' },
      requestContext: { requestId: 'one', http: { method: 'POST', path: '/graphql' } },
      body: JSON.stringify({ documentId: caseStatus().id, variables: VARIABLES }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2,
    { getRemainingTimeInMillis: () => 29_000 },
  );
  return body;
}

answer().then((body) => process.stdout.write(body, () => process.exit(0)));
