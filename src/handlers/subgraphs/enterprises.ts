import { config } from '../../config.ts';
import { createEnterprisesSubgraph } from '../../resolvers/enterprises/index.ts';
import { serveInvoke } from '../../subgraph/serve-invoke.ts';
import { withSecrets } from '../with-secrets.ts';
import { openSubgraph } from './open-subgraph.ts';

export const subgraph = openSubgraph('enterprises', createEnterprisesSubgraph);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = withSecrets(config(), ['cursors'], serveInvoke(subgraph));
