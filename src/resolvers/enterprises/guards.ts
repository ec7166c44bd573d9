import type { EnterpriseItem, ProjectItem } from '../../storage/enterprises/items.ts';
import type { Guards } from '../../subgraph/guard.ts';
import type { Context } from './context.ts';
import { relationToEnterprise, relationToPark, relationToRegister } from './relations.ts';

/** What an enterprise shows only to its own and to those who answer for it. Reports and requests are reached by it alone. */
export const guards: Guards<Context> = {
  Enterprise: {
    relationTo: (of: EnterpriseItem, context, row) =>
      row === 'register' ? relationToRegister(of, context) : relationToEnterprise(of, context),
  },
  Project: { relationTo: ({ parkId }: ProjectItem, context) => relationToPark(parkId, context) },
  Park: { relationTo: ({ id }: { readonly id: string }, context) => relationToPark(id, context) },
};
