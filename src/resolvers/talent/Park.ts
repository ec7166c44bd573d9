import type { ParkResolvers } from './generated/types.ts';

export const Park: ParkResolvers = {
  cases: ({ id }, { state, ...page }, { store }) => store.cases.listOfPark(id, state ?? null, page),
};
