import type { ResidencyResolvers } from './generated/types.ts';

export const Residency: ResidencyResolvers = {
  park: ({ parkId }) => ({ id: parkId }),
};
