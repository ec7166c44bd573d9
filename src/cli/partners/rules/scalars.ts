import { remoteSchema } from '../../../edge/partner-schema.ts';
import type { PartnerRule } from '../candidate.ts';

/** Its answers can be checked: every scalar is GraphQL's or ours. */
export const scalars: PartnerRule = ({ subgraph, sdl }) => {
  try {
    remoteSchema(subgraph, sdl);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
};
