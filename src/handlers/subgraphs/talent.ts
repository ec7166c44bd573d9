import { config } from '../../config.ts';
import { createTalentSubgraph } from '../../resolvers/talent/index.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { openTalentTable } from '../../storage/talent/people/sealing.ts';
import { openUploads } from '../../storage/uploads/open.ts';
import { openSubgraph, subgraphHandler } from './open-subgraph.ts';

const settings = config();
const beside = { tables: settings.tables, keyring: keyringOf(settings), uploads: openUploads(settings) };

export const subgraph = openSubgraph('talent', (sdl, openTable) =>
  createTalentSubgraph(sdl, (call) => openTalentTable(openTable(call), beside)),
);

/** Answers Lambda Invoke payloads of the gateway. */
export const handler = subgraphHandler('talent', subgraph);
