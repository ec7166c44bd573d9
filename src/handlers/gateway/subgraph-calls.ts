import type { ServiceToken } from '../../../packages/federation/src/remote/service-token.ts';
import { SourceReports } from '../../../packages/federation/src/remote/sources.ts';
import type { Supergraph } from '../../../packages/federation/src/supergraph/supergraph.ts';
import { lambdaSubgraph } from '../../../packages/federation/src/transports/lambda.ts';
import { localSubgraph } from '../../../packages/federation/src/transports/local.ts';
import type { Config } from '../../config.ts';
import { createNodeSubgraph, NODE_SUBGRAPH, nodeTypesOf } from '../../edge/node-subgraph.ts';
import { type Partner, readPartners } from '../../edge/partners.ts';
import { CodedError } from '../../errors.ts';
import type { Subgraph } from '../../subgraph/request.ts';
import { nodeOwners, openNodes } from './nodes.ts';

/**
 * How the gateway reaches each subgraph: in its own process, but talent by Invoke where a function is named for it, and
 * partners' by HTTPS where they are registered. Talent is loaded by its URL, so that no bundle of the gateway holds its
 * resolvers.
 * Throws CONFIGURATION for a subgraph of the supergraph that there is no way to.
 * @param sources where it is told how partners were found
 */
export function gatewaySubgraphs(
  supergraph: Supergraph,
  settings: Config,
  sources: SourceReports = new SourceReports(),
): Record<string, Subgraph> {
  const partners = readPartners(settings.schemaDir);
  const tokens = serviceTokens(settings);
  const ways: Readonly<Record<string, () => Subgraph>> = {
    ...Object.fromEntries(
      partners.map((partner) => [partner.subgraph, () => partnerByHttp(partner, settings, sources, tokens)]),
    ),
    [NODE_SUBGRAPH]: () => {
      const owners = nodeOwners(nodeTypesOf(supergraph.apiSchema), partners);
      return createNodeSubgraph(supergraph.apiSchema, (call) => openNodes(owners, subgraphs, call));
    },
    parks: () => localSubgraph(async () => (await import('../subgraphs/parks.ts')).subgraph),
    enterprises: () => localSubgraph(async () => (await import('../subgraphs/enterprises.ts')).subgraph),
    linkages: () => localSubgraph(async () => (await import('../subgraphs/linkages.ts')).subgraph),
    talent: () =>
      settings.talentFunction === undefined
        ? talentInProcess()
        : talentByInvoke(settings.talentFunction, settings.region),
  };
  const subgraphs: Record<string, Subgraph> = Object.fromEntries(
    supergraph.subgraphs.map((name) => {
      const way = ways[name];
      if (!way)
        throw new CodedError('CONFIGURATION', `The supergraph has a subgraph ${name}, to which there is no way.`);
      return [name, way()];
    }),
  );
  return subgraphs;
}

function talentInProcess(): Subgraph {
  const module = new URL('../subgraphs/talent.ts', import.meta.url).href;
  return localSubgraph(async () => {
    const { subgraph }: typeof import('../subgraphs/talent.ts') = await import(module);
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

/**
 * Its schema is read with the first request that needs it, and what is wrong with it costs only what is asked of it.
 * Where everything runs on one machine, so may a partner.
 */
function partnerByHttp(
  { subgraph, sdl, registration }: Partner,
  { mode }: Config,
  sources: SourceReports,
  tokens: () => Promise<ServiceToken> | undefined,
): Subgraph {
  const { url, audience, allowStale } = registration;
  return localSubgraph(async () => {
    const { createHttpSubgraph } = await import('../../../packages/federation/src/transports/http.ts');
    const { remoteSchema } = await import('../../edge/partner-schema.ts');
    const sign = await tokens();
    return createHttpSubgraph({
      name: subgraph,
      url,
      schema: remoteSchema(subgraph, sdl),
      sources,
      allowStale,
      reach: mode === 'local' ? 'public-or-loopback' : 'public',
      ...(sign ? { serviceToken: { sign, audience } } : {}),
    });
  });
}

/** Signs for all partners; undefined where no key is set. */
function serviceTokens({ serviceTokens: settings }: Config): () => Promise<ServiceToken> | undefined {
  let signing: Promise<ServiceToken> | undefined;
  return () => {
    if (!settings) return undefined;
    signing ??= import('../../../packages/federation/src/remote/service-token.ts').then(({ createServiceToken }) =>
      createServiceToken(settings),
    );
    return signing;
  };
}
