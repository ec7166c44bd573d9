import { localizedField } from '../../subgraph/localized.ts';
import type { ProjectResolvers } from './generated/types.ts';

export const Project: ProjectResolvers = {
  name: localizedField(({ name }) => name),
  originZone: ({ originZoneId }) => (originZoneId === null ? null : { id: originZoneId }),
  enterprise: ({ enterpriseId }, _, { store }) =>
    enterpriseId === null ? null : store.enterprises.byId.load(enterpriseId),
};
