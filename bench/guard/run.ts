import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createGateway,
  loadPlanner,
  loadSupergraph,
  parseManifest,
  type Supergraph,
  trustedDocuments,
} from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Identify } from '../../src/auth/identify.ts';
import { readConfig } from '../../src/config.ts';
import { mayReadSchema } from '../../src/domain/grants.ts';
import { startServer } from '../../src/edge/server.ts';
import { type GraphqlHandler, graphqlHandler } from '../../src/handlers/gateway/graphql-handler.ts';
import { identifyCallers } from '../../src/handlers/gateway/identify-callers.ts';
import { headersOf, TRUSTED, USERS } from '../callers.ts';
import { caseStatus, ROOT, VARIABLES } from '../cold/document.ts';
import { answerOf } from '../cold/talent.ts';
import { table } from '../table.ts';
import { compareWhole } from './whole.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const REQUESTS = Number(process.env.REQUESTS ?? 2_000);

/**
 * Prints what it costs to know who asks and to hold them to what they may ask for: one small query through the handler, over a
 * subgraph that has its answer ready, with the guard and without, in turns in one process.
 */
export async function benchGuard(): Promise<void> {
  const supergraph = loadSupergraph(readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8'));
  const settings = readConfig({ ...TRUSTED, CASE_TOKEN_SECRET: 'a secret of the bench, long enough for a key' });
  const headers = await headersOf(USERS.mobile);
  const identify = identifyCallers(settings);
  const nobodyAsked: Identify = async () => ({ kind: 'applicant', person: 'talent-000001' });
  const kinds: readonly (readonly [string, GraphqlHandler, Record<string, string>])[] = [
    ['no guard', handlerOf({ ...supergraph, rules: new Map() }, nobodyAsked), headers],
    ['rules of fields', handlerOf(supergraph, nobodyAsked), headers],
    ['rules of fields, and the token', handlerOf(supergraph, identify), headers],
  ];
  const seen = new Map<string, number[]>();
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, handler, sent] of kinds) {
      const microseconds = await cpuOf(handler, sent);
      if (round >= 0) seen.set(name, [...(seen.get(name) ?? []), microseconds]);
    }
  }
  const without = middle(seen.get('no guard'));
  const rows = [...seen].map(([name, all]) => [
    name,
    middle(all).toFixed(0),
    `${(((middle(all) - without) / without) * 100).toFixed(1)} %`,
  ]);
  console.log(table(['CaseStatus', 'CPU µs a request', 'more than without'], rows));
  console.log(`\n${await compareWhole()}`);
}

function handlerOf(supergraph: Supergraph, identify: Identify): GraphqlHandler {
  let ready: ReturnType<typeof answerOf> | undefined;
  const gateway = createGateway({
    supergraph,
    subgraphs: Object.fromEntries(
      supergraph.subgraphs.map((name) => [name, async ({ document }) => (ready ??= answerOf(document))]),
    ),
    planner: loadPlanner(supergraph),
  });
  return graphqlHandler(async () => ({
    supergraph,
    server: await startServer({ supergraph, gateway, mayIntrospect: ({ viewer }) => mayReadSchema(viewer) }),
    documents: trustedDocuments(parseManifest(readFileSync(join(ROOT, 'schema/operations/manifest.json'), 'utf8'))),
    identify,
  }));
}

/** Microseconds of CPU of one request, of many in a row. */
async function cpuOf(handler: GraphqlHandler, headers: Record<string, string>): Promise<number> {
  const body = JSON.stringify({ documentId: caseStatus().id, variables: VARIABLES });
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers,
    requestContext: { requestId: 'one', http: { method: 'POST', path: '/graphql' } },
    body,
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const before = process.cpuUsage();
  for (let request = 0; request < REQUESTS; request++) {
    const { body: answer = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
    if (request === 0 && JSON.parse(answer).errors) throw new Error(answer.slice(0, 500));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / REQUESTS;
}

function middle(of: readonly number[] | undefined): number {
  return of?.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
}
