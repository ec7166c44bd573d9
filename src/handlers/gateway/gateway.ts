import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway, loadPlanner, parseManifest, SourceReports, trustedDocuments } from '@bridgehead/federation';
import { config, STORES, type StoreName, SUBGRAPHS } from '../../config.ts';
import { mayReadSchema } from '../../domain/grants.ts';
import { KeptAnswers } from '../../edge/kept-answers.ts';
import { startServer } from '../../edge/server.ts';
import { loadShippedSupergraph } from '../../edge/shipped-supergraph.ts';
import { log } from '../../log.ts';
import { requiredServiceTokenKey, secretOf, secretsRefresher } from '../../secrets.ts';
import { securityEvent } from '../../security-event.ts';
import { secretsManager } from '../../storage/secrets-manager.ts';
import { processConnection, processTracing } from '../process.ts';
import { clientBudgets, usageCounter } from './admission.ts';
import { graphqlHandler, type RunningGateway } from './graphql-handler.ts';
import { identifyCallers } from './identify-callers.ts';
import { readinessOf } from './readiness.ts';
import { openRequestLine } from './request-line.ts';
import { gatewaySubgraphs } from './subgraph-calls.ts';

const settings = config();

/** The stores that a gateway reads when it reaches talent by Invoke. */
const STORES_OF_GATEWAY: readonly StoreName[] = ['parks', 'enterprises', 'linkages', 'credentials'];

export const handler = graphqlHandler(start, {
  corsOrigins: settings.corsOrigins,
  originSecrets: () => secretOf('origin', settings)?.accepted,
  prepare: secretsRefresher(settings, ['cursors', 'caseTokens', 'origin', 'serviceTokenKey'], secretsManager(settings)),
  startsAtOnce: settings.mode === 'aws',
  tracing: () => processTracing(settings),
  ...(settings.requestLines ? { openLine: (id: string) => openRequestLine(log, settings.stage, id) } : {}),
});

async function start(): Promise<RunningGateway> {
  const { supergraph, shippedPlans } = loadShippedSupergraph(settings);
  const manifest = parseManifest(readFileSync(join(settings.schemaDir, 'operations', 'manifest.json'), 'utf8'));
  const sources = new SourceReports();
  const gateway = createGateway({
    supergraph,
    subgraphs: gatewaySubgraphs(supergraph, settings, sources, await processTracing(settings)),
    planner: loadPlanner(supergraph),
    shippedPlans,
    log,
    onDenied: (fields, { viewer, requestId }) =>
      securityEvent(log, { kind: 'ACCESS_DENIED', code: 'UNAUTHORIZED_FIELD_OR_TYPE', viewer, requestId, fields }),
  });
  const documents = trustedDocuments(manifest);
  const keptMs = settings.keptSeconds * 1_000;
  const freshMs = settings.keptAnswerSeconds * 1_000;
  const { writes } = processConnection(settings);
  const writesTo = (subgraph: string) => {
    const ours = SUBGRAPHS.find((name) => name === subgraph);
    return ours && writes.of(settings.tables[ours]);
  };
  const server = await startServer({
    supergraph,
    gateway,
    mayIntrospect: ({ viewer }) => mayReadSchema(viewer),
    sources,
    keptMs,
    ...(keptMs > 0 && freshMs > 0
      ? { answers: new KeptAnswers({ supergraph, freshMs, readMs: keptMs, writesTo }) }
      : {}),
  });
  const { serviceTokens } = settings;
  return {
    supergraph,
    server,
    documents,
    identify: identifyCallers(settings),
    openBudget: clientBudgets(settings),
    usage: usageCounter(settings),
    freeQueries: settings.freeQueries,
    checkReadiness: readinessOf(processConnection(settings), settings.talentFunction ? STORES_OF_GATEWAY : STORES),
    ...(serviceTokens ? { keySet: () => serviceTokenKeys(requiredServiceTokenKey(settings)) } : {}),
  };
}

async function serviceTokenKeys(key: unknown): Promise<object> {
  const { serviceKeySet } = await import('../../edge/service-token.ts');
  return serviceKeySet(key);
}
