import { createLinkagesSubgraph } from '../../resolvers/linkages/index.ts';
import { openSubgraph, subgraphHandler } from './open-subgraph.ts';

export const subgraph = openSubgraph('linkages', createLinkagesSubgraph);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = subgraphHandler('linkages', subgraph);
