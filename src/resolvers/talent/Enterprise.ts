import type { EnterpriseResolvers } from './generated/types.ts';

export const Enterprise: EnterpriseResolvers = {
  cases: ({ id }, page, { store }) => store.cases.listOfEnterprise(id, page),
};
