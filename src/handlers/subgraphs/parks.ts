import { createParksSubgraph } from '../../resolvers/parks/index.ts';
import { openSubgraph, subgraphHandler } from './open-subgraph.ts';

export const subgraph = openSubgraph('parks', createParksSubgraph);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = subgraphHandler('parks', subgraph);
