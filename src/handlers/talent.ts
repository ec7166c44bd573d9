import { createTalentSubgraph } from '../resolvers/talent/index.ts';
import { serveInvoke } from '../subgraph/serve-invoke.ts';
import { openSubgraph } from './open-subgraph.ts';

export const subgraph = openSubgraph('talent', createTalentSubgraph);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = serveInvoke(subgraph);
