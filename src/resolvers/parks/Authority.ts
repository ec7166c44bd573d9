import { localizedField } from '../../subgraph/localized.ts';
import type { AuthorityResolvers } from './generated/types.ts';

export const Authority: AuthorityResolvers = {
  name: localizedField(({ name }) => name),
  zone: ({ zoneId }, _, { store }) => (zoneId === null ? null : store.zones.byId.load(zoneId)),
};
