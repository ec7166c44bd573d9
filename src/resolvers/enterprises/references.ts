import type { SupportRequestItem } from '../../storage/enterprises/items.ts';
import { formAt } from '../../subgraph/guard.ts';
import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';
import { relationToEnterpriseId } from './relations.ts';

/** The entities that other subgraphs refer to: lists of them are one BatchGet a type. Parks are known by their id alone. */
export const references: References<Context> = {
  Enterprise: (representations, { store: { enterprises } }) =>
    Promise.all(
      representations.map(({ id, uscc }) =>
        typeof id === 'string' ? enterprises.byId.load(id) : enterprises.byUscc.load(String(uscc)),
      ),
    ),
  SupportRequest: async (representations, context) => {
    const found = await context.store.support.requestById.loadMany(representations.map(({ id }) => String(id)));
    return Promise.all(found.map((each) => each && ifShown(each, context)));
  },
  Project: byId(({ store }) => store.projects.byId),
  Park: stubs,
};

/** To whom the requests of an enterprise aren't shown, there is none. */
async function ifShown(request: SupportRequestItem, context: Context): Promise<SupportRequestItem | null> {
  const relation = await relationToEnterpriseId(request.enterpriseId, context);
  return relation === null || formAt(context, 'SupportRequest.id', relation) === 'HIDDEN' ? null : request;
}
