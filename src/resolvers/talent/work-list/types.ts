import { mayKnow } from '../../../domain/access/case-relation.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { isOverdue } from '../../../domain/work-list/work-item.ts';
import type { WorkItemResolvers } from '../generated/types.ts';

export const WorkItem: WorkItemResolvers = {
  case: ({ case: of }, _, { viewer }) => (of && mayKnow(viewer, of) ? of : null),
  agency: ({ work }) => work.agency,
  zone: ({ work }) => ({ id: work.zoneId }),
  state: ({ work }) => work.state,
  dueOn: ({ work }) => work.dueOn,
  overdue: ({ work }, _, { request }) => isOverdue(work, dayInShanghai(request.now)),
  claimedBy: ({ work }) => work.claim?.by ?? null,
  claimedAt: ({ work }) => work.claim?.at ?? null,
};
