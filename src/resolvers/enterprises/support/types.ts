import { localizedField } from '../../../subgraph/context.ts';
import type {
  SupportNeedResolvers,
  SupportRequestResolvers,
  TrackingAssignmentResolvers,
  VisitResolvers,
} from '../generated/types.ts';
import { present } from '../present.ts';

export const SupportRequest: SupportRequestResolvers = {
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
  answer: localizedField(({ answer }) => answer ?? null),
  events: ({ events }) => events ?? [],
};

export const SupportNeed: SupportNeedResolvers = {
  amount: ({ amount }) => (amount === undefined ? null : BigInt(amount)),
};

export const TrackingAssignment: TrackingAssignmentResolvers = {
  earlier: ({ earlier }) => earlier ?? [],
};

export const Visit: VisitResolvers = {
  outcome: localizedField(({ outcome }) => outcome),
};
