import { remoteSchema } from '../../../edge/partner-schema.ts';
import type { PartnerRule } from '../candidate.ts';

/** Allows GraphQL's scalars and ours only, so that the gateway can check answers. */
export const scalars: PartnerRule = ({ subgraph, sdl }) => {
  try {
    remoteSchema(subgraph, sdl);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
};
