import { dayInShanghai } from '../../domain/day.ts';
import { decideApplications } from './applications.ts';
import type { EnterpriseResolvers } from './generated/types.ts';
import { checkPurpose, ifShown } from './relocations.ts';

export const Enterprise: EnterpriseResolvers = {
  relocations: async ({ id }, _, context) => {
    checkPurpose(context);
    const all = await context.store.relocations.ofEnterprise(id);
    const shown = await Promise.all(all.map((each) => ifShown(each, context)));
    return shown.filter((each) => each !== null);
  },
  applicablePolicies: ({ id }, { on }, { store, request }) =>
    decideApplications(store, id, on ?? dayInShanghai(request.now)),
};
