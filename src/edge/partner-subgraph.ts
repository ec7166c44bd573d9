import { createHttpSubgraph, type HttpSubgraphOptions, type Subgraph } from '@bridgehead/federation';
import { log } from '../log.ts';
import { SCALARS } from '../subgraph/scalars.ts';
import { remoteSchema } from './partner-schema.ts';

/**
 * Returns a partner's subgraph, whose answers are checked against its registered SDL. Throws CONFIGURATION for an SDL or an
 * address that can't be used.
 */
export function openPartnerSubgraph({
  sdl,
  ...options
}: Omit<HttpSubgraphOptions, 'schema' | 'scalars' | 'log'> & { readonly sdl: string }): Subgraph {
  return createHttpSubgraph({ ...options, schema: remoteSchema(options.name, sdl), scalars: SCALARS, log });
}
