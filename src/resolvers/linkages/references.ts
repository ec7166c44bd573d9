import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';
import { ifShown } from './relocations.ts';

/** The entities that other subgraphs refer to, by id: one BatchGet a type; of others' entities the id is all we know. */
export const references: References<Context> = {
  Agreement: byId(({ store }) => store.agreements.byId),
  PolicyCoverage: byId(({ store }) => store.coverages.byId),
  LinkageGroup: byId(({ store }) => store.zoneLinks.groupById),
  Relocation: async (representations, context) => {
    const found = await context.store.relocations.byId.loadMany(representations.map(({ id }) => String(id)));
    return Promise.all(found.map((each) => each && ifShown(each, context)));
  },
  Zone: stubs,
  Policy: stubs,
  Enterprise: stubs,
};
