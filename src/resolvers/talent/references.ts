import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';
import { mayKnow } from './may-know.ts';

/** The entities that other subgraphs refer to, by id: one BatchGet a type; of others' entities the id is all we know. */
export const references: References<Context> = {
  CaseType: byId(({ store }) => store.caseTypes.byId),
  TalentCase: async (representations, { viewer, store }) => {
    const found = await store.cases.byId.loadMany(representations.map(({ id }) => String(id)));
    return found.map((each) => (each && mayKnow(viewer, each) ? each : null));
  },
  Park: stubs,
  Enterprise: stubs,
  Policy: stubs,
};
