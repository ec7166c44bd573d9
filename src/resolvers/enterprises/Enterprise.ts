import { dayRange } from '../../subgraph/day-range.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { EnterpriseResolvers } from './generated/types.ts';

export const Enterprise: EnterpriseResolvers = {
  name: localizedField(({ name }) => name),
  supplyLinks: ({ supplyLinks }, { direction }) =>
    direction ? supplyLinks.filter((link) => link.direction === direction) : supplyLinks,
  operationReports: ({ id }, given, { store }) => {
    const { from, to } = dayRange(given);
    return store.reports.ofEnterprise(id, from, to);
  },
  tracking: ({ id }, _, { store }) => store.support.trackingOf.load(id),
  supportRequests: ({ id }, page, { store }) => store.support.listOfEnterprise(id, page),
};
