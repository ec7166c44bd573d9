import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  loadSupergraph,
  readPreparedSupergraph,
  readShippedPlans,
  type Supergraph,
  supergraphHash,
} from '@bridgehead/federation';
import { type Config, preparedFile } from '../config.ts';
import { SCALARS } from '../subgraph/scalars.ts';

/** The composed supergraph, with the plans that a build has made for it. */
export interface ShippedSupergraph {
  readonly supergraph: Supergraph;
  readonly shippedPlans: ReturnType<typeof readShippedPlans>;
}

/**
 * Loads the supergraph of a schema folder with what a build has made for it. Without a build, or after one of another
 * supergraph, its SDL is read and its documents are planned when they are asked.
 */
export function loadShippedSupergraph({
  schemaDir,
  plansFile,
}: Pick<Config, 'schemaDir' | 'plansFile'>): ShippedSupergraph {
  const sdl = readFileSync(join(schemaDir, 'supergraph.graphql'), 'utf8');
  const hash = supergraphHash(sdl);
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  const plans = read(plansFile);
  const prepared = read(preparedFile(plansFile));
  return {
    supergraph: loadSupergraph(sdl, {
      scalars: SCALARS,
      prepared: prepared === undefined ? undefined : readPreparedSupergraph(prepared, hash),
    }),
    shippedPlans: plans === undefined ? new Map() : readShippedPlans(plans, hash),
  };
}
