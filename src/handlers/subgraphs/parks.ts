import { config } from '../../config.ts';
import { createParksSubgraph } from '../../resolvers/parks/index.ts';
import { serveInvoke } from '../../subgraph/serve-invoke.ts';
import { withSecrets } from '../with-secrets.ts';
import { openSubgraph } from './open-subgraph.ts';

export const subgraph = openSubgraph('parks', createParksSubgraph);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = withSecrets(config(), ['cursors'], serveInvoke(subgraph));
