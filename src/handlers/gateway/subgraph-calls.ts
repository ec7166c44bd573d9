import {
  lambdaSubgraph,
  localSubgraph,
  type ServiceToken,
  SourceReports,
  type Supergraph,
} from '@bridgehead/federation';
import type { Config } from '../../config.ts';
import { noted } from '../../edge/apollo-plugin.ts';
import { invokeFunction } from '../../edge/invoke-function.ts';
import { createNodeSubgraph, NODE_SUBGRAPH, nodeTypesOf } from '../../edge/node-subgraph.ts';
import { type Partner, readPartners } from '../../edge/partners.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import { requiredServiceTokenKey } from '../../secrets.ts';
import { toInvokePayload } from '../../subgraph/invoke-payload.ts';
import type { Subgraph } from '../../subgraph/request.ts';
import { tracedSubgraph } from '../../tracing/subgraph-spans.ts';
import type { Tracing } from '../../tracing/tracing.ts';
import { nodeOwners, openNodes } from './nodes.ts';

/**
 * Chooses how the gateway reaches each subgraph: in its own process, talent by Invoke if a function is configured, and
 * registered partners by HTTPS. Talent is loaded by its URL, so that the gateway's bundle doesn't contain its
 * resolvers. Throws CONFIGURATION for a subgraph of the supergraph without a way to reach it.
 * @param sources the reports of partners, for the answers
 * @param tracing makes a span of each operation for a subgraph; none where absent
 */
export function gatewaySubgraphs(
  supergraph: Supergraph,
  settings: Config,
  sources: SourceReports = new SourceReports(),
  tracing?: Tracing,
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
        throw new CodedError('CONFIGURATION', `The supergraph has a subgraph ${name}without a configured transport.`);
      const subgraph = noted(name, way());
      return [name, tracing ? tracedSubgraph(tracing, name, subgraph) : subgraph];
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
    invoke: invokeFunction(functionName, async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      // A failed invocation isn't repeated, because its effect is unknown.
      return new LambdaClient({ region, maxAttempts: 1 });
    }),
    payloadOf: toInvokePayload,
    log,
  });
}

/**
 * Makes a partner's subgraph. Its schema is read with the first request that needs it, so a fault in it fails only its
 * own fields. In local mode the partner may run on this machine.
 */
function partnerByHttp(
  { subgraph, sdl, registration }: Partner,
  { mode }: Config,
  sources: SourceReports,
  tokens: () => Promise<ServiceToken> | undefined,
): Subgraph {
  const { url, audience, allowStale } = registration;
  return localSubgraph(async () => {
    const { openPartnerSubgraph } = await import('../../edge/partner-subgraph.ts');
    const sign = await tokens();
    return openPartnerSubgraph({
      name: subgraph,
      url,
      sdl,
      sources,
      allowStale,
      reach: mode === 'local' ? 'public-or-loopback' : 'public',
      ...(sign ? { serviceToken: { sign, audience } } : {}),
    });
  });
}

/** Makes the service tokens for all partners; undefined if no key is set. */
function serviceTokens(settings: Config): () => Promise<ServiceToken> | undefined {
  let signing: Promise<ServiceToken> | undefined;
  return () => {
    const issuer = settings.serviceTokens?.issuer;
    if (issuer === undefined) return undefined;
    signing ??= import('../../edge/service-token.ts')
      .then(({ createServiceToken }) => createServiceToken({ issuer, key: requiredServiceTokenKey(settings) }))
      .catch((error) => {
        // The operator may set the key while instances run.
        signing = undefined;
        throw error;
      });
    return signing;
  };
}
