import type { LinkedZoneResolvers } from './generated/types.ts';

export const LinkedZone: LinkedZoneResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};
