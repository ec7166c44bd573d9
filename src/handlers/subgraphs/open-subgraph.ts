import { config, type SubgraphName } from '../../config.ts';
import { personOf, viewerKey } from '../../domain/viewer.ts';
import { withSecrets } from '../../secrets.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { Table } from '../../storage/dynamodb/table.ts';
import { secretsManager } from '../../storage/secrets-manager.ts';
import { cannotValidateOnly } from '../../subgraph/invoke-payload.ts';
import type { Call, Subgraph, SubgraphResult } from '../../subgraph/request.ts';
import { serveInvoke } from '../../subgraph/serve-invoke.ts';
import { readSubgraphSdl } from '../../subgraph/subgraph-sdl.ts';
import { servedSubgraph } from '../../tracing/subgraph-spans.ts';
import { processConnection, processTracing } from '../process.ts';

/** Makes one of our subgraphs from its SDL and its table, over the one connection of this process. */
export function openSubgraph(
  name: SubgraphName,
  create: (sdl: string, openTable: (call: Call) => Table) => Subgraph,
): Subgraph {
  const settings = config();
  const connection = processConnection(settings);
  return create(readSubgraphSdl(settings.schemaDir, name), (call) => {
    const { deadline, signal, viewer, hasWritten = false, validatesOnly = false } = call;
    // Its reads log what they show, and no write may be left out.
    if (validatesOnly && name === 'talent') throw cannotValidateOnly();
    const caller = { owner: viewerKey(viewer), isStranger: viewer.kind === 'anonymous', ...personOf(viewer) };
    return openTable(connection, name, { deadline, signal, ...caller, mayReadKept: !hasWritten, validatesOnly });
  });
}

/** Makes a function's handler: it answers Lambda Invoke payloads of the gateway. */
export function subgraphHandler(name: SubgraphName, subgraph: Subgraph): (payload: unknown) => Promise<SubgraphResult> {
  const settings = config();
  const served = servedSubgraph(() => processTracing(settings), name, subgraph);
  return withSecrets(settings, ['cursors'], secretsManager(settings), serveInvoke(served));
}
