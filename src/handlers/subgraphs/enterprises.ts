import { createEnterprisesSubgraph } from '../../resolvers/enterprises/index.ts';
import { openSubgraph, subgraphHandler } from './open-subgraph.ts';

export const subgraph = openSubgraph('enterprises', createEnterprisesSubgraph);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = subgraphHandler('enterprises', subgraph);
