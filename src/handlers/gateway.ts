import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../gateway/gateway.ts';
import { fencedPlanner } from '../gateway/planner/fence.ts';
import { SourceReports } from '../gateway/remote/sources.ts';
import { startServer } from '../gateway/server.ts';
import { readShippedPlans } from '../gateway/shipped-plans.ts';
import { loadSupergraph } from '../gateway/supergraph.ts';
import { parseManifest, trustedDocuments } from '../gateway/trusted-documents.ts';
import { SCALARS } from '../subgraph/scalars.ts';
import { gatewaySubgraphs } from './gateway-subgraphs.ts';
import { graphqlHandler, type RunningGateway } from './graphql-handler.ts';
import { identifyCallers } from './identify-callers.ts';
import { localConfig } from './local-mode.ts';

const settings = localConfig();

export const handler = graphqlHandler(start, { corsOrigins: settings.corsOrigins });

async function start(): Promise<RunningGateway> {
  const { schemaDir, plansFile, mode } = settings;
  const supergraph = loadSupergraph(readFileSync(join(schemaDir, 'supergraph.graphql'), 'utf8'), { scalars: SCALARS });
  const manifest = parseManifest(readFileSync(join(schemaDir, 'operations', 'manifest.json'), 'utf8'));
  const sources = new SourceReports();
  const gateway = createGateway({
    supergraph,
    subgraphs: gatewaySubgraphs(supergraph, settings, sources),
    planner: fencedPlanner({ supergraphSdl: supergraph.sdl }),
    shippedPlans: existsSync(plansFile)
      ? readShippedPlans(readFileSync(plansFile, 'utf8'), supergraph.hash)
      : new Map(),
  });
  const server = await startServer({ supergraph, gateway, mayIntrospect: () => mode === 'local', sources });
  return { supergraph, server, documents: trustedDocuments(manifest), identify: identifyCallers(settings) };
}
