import { dayInShanghai } from '../../domain/day.ts';
import { CodedError } from '../../errors.ts';
import type { ZoneResolvers } from './generated/types.ts';
import { walkFrom } from './walk.ts';

/** Further than that nearly every zone is linked with every other. */
const MOST_STEPS = 3;

export const Zone: ZoneResolvers = {
  linkages: ({ id }, { kind, ...page }, { store }) =>
    store.agreements.listOfZone(id, kind ?? null, 'Zone.linkages', page),
  linkedZones: ({ id }, { within }, { store, request }) => {
    if (within < 1 || within > MOST_STEPS) {
      throw new CodedError('BAD_USER_INPUT', `\`within\` must be from 1 to ${MOST_STEPS}.`, {
        details: { argument: 'within' },
      });
    }
    return walkFrom(store, id, within, dayInShanghai(request.now));
  },
  groups: async ({ id }, _, { store }) => {
    const groups = await store.zoneLinks.groupById.loadMany((await store.zoneLinks.ofZone.load(id))?.groupIds ?? []);
    return groups.filter((group) => group !== null);
  },
};
