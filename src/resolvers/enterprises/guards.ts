import type { EnterpriseItem, ProjectItem } from '../../storage/enterprises/items.ts';
import type { Guards } from '../../subgraph/guard.ts';
import type { Context } from './context.ts';
import { relationToEnterprise, relationToPark, relationToRegister } from './relations.ts';

/** The access rules of enterprises. Their reports and requests can be reached only through them. */
export const guards: Guards<Context> = {
  Enterprise: {
    relationTo: (of: EnterpriseItem, context, row) =>
      row === 'register' ? relationToRegister(of, context) : relationToEnterprise(of, context),
  },
  Project: { relationTo: ({ parkId }: ProjectItem, context) => relationToPark(parkId, context) },
  Park: { relationTo: ({ id }: { readonly id: string }, context) => relationToPark(id, context) },
};
