import type { References } from '../../subgraph/references.ts';
import type { Context } from './context.ts';

/** The entities that other subgraphs refer to, by id: one BatchGet a type. */
export const references: References<Context> = {
  Zone: (asked, { store }) => store.zones.byId.loadMany(asked.map(({ id }) => String(id))),
  Park: (asked, { store }) => store.parks.byId.loadMany(asked.map(({ id }) => String(id))),
  Policy: (asked, { store }) => store.policies.byId.loadMany(asked.map(({ id }) => String(id))),
  Indicator: (asked, { store }) => store.figures.indicatorById.loadMany(asked.map(({ id }) => String(id))),
};
