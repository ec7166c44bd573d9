import type { Config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { createNodeSubgraph, NODE_SUBGRAPH } from '../gateway/node-subgraph.ts';
import type { Supergraph } from '../gateway/supergraph.ts';
import { lambdaSubgraph } from '../gateway/transports/lambda.ts';
import { localSubgraph } from '../gateway/transports/local.ts';
import type { Subgraph } from '../subgraph/request.ts';

/**
 * How the gateway reaches each subgraph: in its own process, but talent by Invoke where a function is named for it. Talent
 * is loaded by its URL, so that no bundle of the gateway holds its resolvers.
 * Throws CONFIGURATION for a subgraph of the supergraph that there is no way to.
 */
export function gatewaySubgraphs(supergraph: Supergraph, settings: Config): Record<string, Subgraph> {
  const ways: Readonly<Record<string, () => Subgraph>> = {
    [NODE_SUBGRAPH]: () => createNodeSubgraph(supergraph.apiSchema),
    parks: () => localSubgraph(async () => (await import('./parks.ts')).subgraph),
    enterprises: () => localSubgraph(async () => (await import('./enterprises.ts')).subgraph),
    linkages: () => localSubgraph(async () => (await import('./linkages.ts')).subgraph),
    talent: () =>
      settings.talentFunction === undefined
        ? talentInProcess()
        : talentByInvoke(settings.talentFunction, settings.region),
  };
  return Object.fromEntries(
    supergraph.subgraphs.map((name) => {
      const way = ways[name];
      if (!way)
        throw new CodedError('CONFIGURATION', `The supergraph has a subgraph ${name}, to which there is no way.`);
      return [name, way()];
    }),
  );
}

function talentInProcess(): Subgraph {
  const module = new URL('./talent.ts', import.meta.url).href;
  return localSubgraph(async () => {
    const { subgraph }: typeof import('./talent.ts') = await import(module);
    return subgraph;
  });
}

function talentByInvoke(functionName: string, region: string): Subgraph {
  return lambdaSubgraph({
    name: 'talent',
    functionName,
    client: async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      // An invocation that failed isn't repeated: what it did isn't known.
      return new LambdaClient({ region, maxAttempts: 1 });
    },
  });
}
