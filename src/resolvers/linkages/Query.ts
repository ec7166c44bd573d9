import { dayInShanghai } from '../../domain/calendar/day.ts';
import { exactlyOne } from '../../subgraph/exactly-one.ts';
import { decideApplication } from './applications.ts';
import type { QueryResolvers } from './generated/types.ts';
import { graphOf } from './linkage-graph.ts';

export const Query: QueryResolvers = {
  agreement: (_, { id }, { store }) => store.agreements.byId.load(id),
  agreements: (_, { zone, status, ...page }, { store, request }) =>
    status == null
      ? store.agreements.listOfZone(zone, null, 'Query.agreements', page)
      : store.agreements.listOfZoneInStatus(zone, status, dayInShanghai(request.now), page),
  policyApplies: (_, { policy, subject, on }, { store, request }) => {
    const { enterprise = null, uscc = null, site = null } = subject;
    const { name: by, value: name } = exactlyOne({ enterprise, uscc, site });
    const kind = by === 'site' ? 'SITE' : 'ENTERPRISE';
    return decideApplication(store, policy, { kind, name }, on ?? dayInShanghai(request.now));
  },
  linkageGraph: (_, { group }, { store }) => graphOf(store, group),
};
