import { config } from '../config.ts';
import { createTalentSubgraph } from '../resolvers/talent/index.ts';
import { keyringOf } from '../storage/person-keys/keyring.ts';
import { withPersonKeys } from '../storage/talent/sealing.ts';
import { serveInvoke } from '../subgraph/serve-invoke.ts';
import { openSubgraph } from './open-subgraph.ts';

const settings = config();
const keyring = keyringOf(settings);

export const subgraph = openSubgraph('talent', (sdl, openTable) =>
  createTalentSubgraph(sdl, (call) => withPersonKeys(openTable(call), settings.tables.personKeys, keyring)),
);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = serveInvoke(subgraph);
