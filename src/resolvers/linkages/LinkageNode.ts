import type { LinkageNodeResolvers } from './generated/types.ts';

export const LinkageNode: LinkageNodeResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};
