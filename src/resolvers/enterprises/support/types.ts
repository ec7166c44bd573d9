import { localizedField } from '../../../subgraph/localized.ts';
import type { SupportRequestResolvers, TrackingAssignmentResolvers, VisitResolvers } from '../generated/types.ts';
import { present } from '../present.ts';

export const SupportRequest: SupportRequestResolvers = {
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
};

export const TrackingAssignment: TrackingAssignmentResolvers = {
  earlier: ({ earlier }) => earlier ?? [],
};

export const Visit: VisitResolvers = {
  outcome: localizedField(({ outcome }) => outcome),
};
