import type { ParkResolvers } from './generated/types.ts';
import { periodOf } from './published-statistics.ts';

export const Park: ParkResolvers = {
  cases: ({ id }, { state, ...page }, { viewer, store }) =>
    viewer.kind === 'officer' ? store.cases.listOfPark({ zone: viewer.zone, park: id }, state ?? null, page) : null,
  caseStatistics: async ({ id }, given, { store }) => {
    const period = await periodOf(store, given);
    // Rows are there before their period is published.
    if (period === null || !(await store.statistics.publication(given.kind, period))) return null;
    return store.statistics.row.load({ kind: given.kind, period, by: 'PARK', of: id });
  },
};
