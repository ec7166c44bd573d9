import { listedCount } from '../../storage/enterprises/figures.ts';
import { connectionResolvers } from '../../subgraph/connection.ts';
import type { EnterpriseConnectionResolvers } from './generated/types.ts';

export const EnterpriseConnection: EnterpriseConnectionResolvers = {
  ...connectionResolvers,
  totalCount: async ({ counted }, _, { store }) =>
    counted && listedCount(await store.parkFigures.ofPark.load(counted.parkId), counted.of),
};
