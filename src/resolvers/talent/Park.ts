import type { ParkResolvers } from './generated/types.ts';

export const Park: ParkResolvers = {
  cases: ({ id }, { state, ...page }, { viewer, store }) =>
    viewer.kind === 'officer' ? store.cases.listOfPark({ zone: viewer.zone, park: id }, state ?? null, page) : null,
};
