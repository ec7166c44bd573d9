import { localizedField } from '../../subgraph/localized.ts';
import type { ZoneResolvers } from './generated/types.ts';

export const Zone: ZoneResolvers = {
  name: localizedField(({ name }) => name),
  parent: ({ parentId }, _, { store }) => (parentId === null ? null : store.zones.byId.load(parentId)),
  parks: ({ id }, page, { store }) => store.parks.listOfZone(id, 'Zone.parks', page),
};
