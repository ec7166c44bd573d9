import { createHash } from 'node:crypto';
import {
  createGateway,
  createHttpSubgraph,
  type Gateway,
  loadPlanner,
  loadSupergraph,
  SourceReports,
  type Supergraph,
  subgraphView,
} from '@bridgehead/federation';
import { parse } from '../../../node_modules/graphql/index.js';
import type { Subgraph } from '../../../src/subgraph/request.ts';
import type { Operation } from '../../load.ts';
import { openCall } from '../call.ts';
import type { EngineSetting, StartEngine } from '../engine.ts';
import { type Name, SUBGRAPHS, shopSubgraph } from '../subgraphs.ts';
import { subgraphUrls } from '../urls.ts';

/** Our gateway with what protects it: the fenced planner, deadlines, and over HTTP the transport that trusts nobody. */
export const start: StartEngine = async (setting) => {
  const { gateway } = startGateway(setting);
  const ready = new Map<Operation['query'], { document: ReturnType<typeof parse>; documentHash: string }>();
  return {
    async execute({ query, variables }) {
      let prepared = ready.get(query);
      if (!prepared) {
        prepared = { document: parse(query), documentHash: createHash('sha256').update(query).digest('hex') };
        ready.set(query, prepared);
      }
      const { call, end } = openCall();
      const result = await gateway.execute({ ...prepared, variables, call });
      end();
      return result;
    },
  };
};

export function startGateway(setting: EngineSetting): { supergraph: Supergraph; gateway: Gateway } {
  const supergraph = loadSupergraph(setting.supergraphSdl);
  const planner = loadPlanner(supergraph);
  return { supergraph, gateway: createGateway({ supergraph, subgraphs: subgraphsOf(supergraph, setting), planner }) };
}

function subgraphsOf(
  supergraph: Supergraph,
  { supergraphSdl, reach, onFetch }: EngineSetting,
): Record<string, Subgraph> {
  const urls = subgraphUrls(supergraphSdl);
  const sources = new SourceReports();
  const make = (name: Name): Subgraph =>
    reach === 'in process'
      ? shopSubgraph(name)
      : createHttpSubgraph({
          name,
          url: urls[name],
          schema: subgraphView(supergraph.document, name),
          sources,
          reach: 'public-or-loopback',
        });
  return Object.fromEntries(SUBGRAPHS.map((name) => [name, counted(make(name), onFetch)]));
}

function counted(subgraph: Subgraph, onFetch: () => void): Subgraph {
  return (request) => {
    onFetch();
    return subgraph(request);
  };
}
