import { readEndpoint } from '@bridgehead/federation';
import type { PartnerRule } from '../candidate.ts';

/** Requires HTTPS on the public internet. In development, loopback is allowed. */
export const address: PartnerRule = ({ subgraph, registration: { url }, allowLoopback }) => {
  try {
    readEndpoint(`the subgraph "${subgraph}"`, url, allowLoopback ? 'public-or-loopback' : 'public');
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
};
