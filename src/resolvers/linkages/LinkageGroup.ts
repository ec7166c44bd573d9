import { localizedField } from '../../subgraph/localized.ts';
import type { LinkageGroupResolvers } from './generated/types.ts';

export const LinkageGroup: LinkageGroupResolvers = {
  name: localizedField(({ name }) => name),
  zones: ({ zoneIds }) => zoneIds.map((id) => ({ id })),
};
