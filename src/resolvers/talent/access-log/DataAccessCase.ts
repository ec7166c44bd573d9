import type { DataAccessCaseResolvers } from '../generated/types.ts';

export const DataAccessCase: DataAccessCaseResolvers = {
  case: ({ caseId }, _, { store }) => store.cases.byId.load(caseId),
  fullFields: ({ full }) => full,
  maskedFields: ({ masked }) => masked,
};
