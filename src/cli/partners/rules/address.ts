import { readEndpoint } from '@bridgehead/federation';
import type { PartnerRule } from '../candidate.ts';

/** It answers by HTTPS on the public internet; on this machine only for development. */
export const address: PartnerRule = ({ subgraph, registration: { url }, allowLoopback }) => {
  try {
    readEndpoint(`the subgraph "${subgraph}"`, url, allowLoopback ? 'public-or-loopback' : 'public');
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
};
