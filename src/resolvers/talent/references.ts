import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';

/** The entities that other subgraphs refer to, by id: one BatchGet a type; of others' entities the id is all we know. */
export const references: References<Context> = {
  CaseType: byId(({ store }) => store.caseTypes.byId),
  TalentCase: byId(({ store }) => store.cases.byId),
  Park: stubs,
  Enterprise: stubs,
  Policy: stubs,
};
