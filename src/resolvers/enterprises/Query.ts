import { firstCharacters, foldedName, MIN_CHARACTERS, searchedLocale } from '../../domain/enterprises/name-search.ts';
import { CodedError } from '../../errors.ts';
import { exactlyOne } from '../../subgraph/arguments.ts';
import { enterprisesOfPark, listOf, listRequest } from './enterprises-of-park.ts';
import type { QueryResolvers } from './generated/types.ts';
import { cooperationOffers } from './offers.ts';

export const Query: QueryResolvers = {
  enterprise: (_, { id, uscc }, { store }) => {
    const { name, value } = exactlyOne({ id: id ?? null, uscc: uscc ?? null });
    return name === 'id' ? store.enterprises.byId.load(value) : store.enterprises.byUscc.load(value);
  },
  cooperationOffers,
  enterprisesByName: async (_, { startsWith, locale, ...page }, { store, request }) => {
    const text = foldedName(startsWith);
    if (firstCharacters(text) === null) {
      throw new CodedError('BAD_USER_INPUT', `Give at least ${MIN_CHARACTERS} characters of a name.`, {
        details: { argument: 'startsWith' },
      });
    }
    const beginning = { locale: locale ?? searchedLocale(text, request.locale), text };
    return { ...(await store.enterprises.listByName(beginning, page)), counted: null };
  },
  enterpriseNotices: async (_, { zone, ...page }, { viewer, store }) => {
    const isShown = zone == null ? viewer.kind === 'admin' : viewer.kind === 'officer' && viewer.zone === zone;
    if (!isShown) throw new CodedError('FORBIDDEN', 'These notices are not for this caller.');
    return store.register.noticesOf(zone ?? null, page);
  },
  enterprises: async (_, { park, sector, ...page }, { store }, info) => {
    const request = listRequest(page, info);
    if (park != null) return enterprisesOfPark(store, { parkId: park, sector }, 'Query.enterprises', request);
    if (sector != null) return listOf(await store.enterprises.listOfSector(sector, request), null);
    throw new CodedError('BAD_USER_INPUT', 'Give at least one of `park` and `sector`.', {
      details: { arguments: ['park', 'sector'] },
    });
  },
};
