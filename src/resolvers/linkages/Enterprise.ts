import { dayInShanghai } from '../../domain/day.ts';
import { decideApplications } from './applications.ts';
import type { EnterpriseResolvers } from './generated/types.ts';

export const Enterprise: EnterpriseResolvers = {
  relocations: ({ id }, _, { store }) => store.relocations.ofEnterprise(id),
  applicablePolicies: ({ id }, { on }, { store, request }) =>
    decideApplications(store, id, on ?? dayInShanghai(request.now)),
};
