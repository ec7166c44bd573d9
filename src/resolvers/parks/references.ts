import { byId, type References } from '../../subgraph/references.ts';
import type { Context } from './context.ts';

/** The entities that other subgraphs refer to, by id: one BatchGet per type. */
export const references: References<Context> = {
  Zone: byId(({ store }) => store.zones.byId),
  Park: byId(({ store }) => store.parks.byId),
  Policy: byId(({ store }) => store.policies.byId),
  Indicator: byId(({ store }) => store.figures.indicatorById),
};
