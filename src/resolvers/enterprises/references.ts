import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';

/** The entities that other subgraphs refer to: lists of them are one BatchGet a type. Parks are known by their id alone. */
export const references: References<Context> = {
  Enterprise: (representations, { store: { enterprises } }) =>
    Promise.all(
      representations.map(({ id, uscc }) =>
        typeof id === 'string' ? enterprises.byId.load(id) : enterprises.byUscc.load(String(uscc)),
      ),
    ),
  SupportRequest: byId(({ store }) => store.support.requestById),
  Project: byId(({ store }) => store.projects.byId),
  Park: stubs,
};
