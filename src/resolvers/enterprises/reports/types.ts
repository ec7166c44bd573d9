import type { OperationReportResolvers } from '../generated/types.ts';
import { present } from '../present.ts';

export const OperationReport: OperationReportResolvers = {
  id: ({ enterpriseId, on }) => `${enterpriseId}.${on}`,
  withdrawalReason: ({ withdrawalReason }) => withdrawalReason ?? null,
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
};
