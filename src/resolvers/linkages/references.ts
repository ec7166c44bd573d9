import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';

/** The entities that other subgraphs refer to, by id: one BatchGet a type; of others' entities the id is all we know. */
export const references: References<Context> = {
  Agreement: byId(({ store }) => store.agreements.byId),
  PolicyCoverage: byId(({ store }) => store.coverages.byId),
  LinkageGroup: byId(({ store }) => store.zoneLinks.groupById),
  Relocation: byId(({ store }) => store.relocations.byId),
  Zone: stubs,
  Policy: stubs,
  Enterprise: stubs,
};
