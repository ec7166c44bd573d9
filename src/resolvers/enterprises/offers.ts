import { registerRelation } from '../../domain/access/relation.ts';
import type { OfferBinding } from '../../domain/access/write-relation.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import { isIdOf } from '../../domain/ids.ts';
import { decideInterest, decideInterestWithdrawal, decideMatch, type Interest } from '../../domain/offers/interest.ts';
import { decideOffer, decideWithdrawal, type Offer } from '../../domain/offers/offer.ts';
import { isGone } from '../../domain/register/record.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import type { EnterpriseItem } from '../../storage/enterprises/items.ts';
import type { OfferItem } from '../../storage/enterprises/offers/items.ts';
import { enterpriseKeys, type PrimaryKey } from '../../storage/tables.ts';
import { localizedField, localizedText } from '../../subgraph/context.ts';
import { changeRecord } from './change-record.ts';
import type { Context } from './context.ts';
import type {
  CooperationOfferResolvers,
  MutationResolvers,
  OfferInterestResolvers,
  QueryResolvers,
} from './generated/types.ts';
import { present } from './present.ts';

export const publishOffer: NonNullable<MutationResolvers['publishOffer']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { kind, sector, title, text, validTo } = input;
  const stated = {
    id: newId('offer', request.now),
    kind,
    sector,
    title: localizedText(title),
    text: localizedText(text),
    validTo,
  };
  const named = { enterpriseId: input.enterprise ?? null, zoneId: input.zone ?? null };
  const { record, userErrors } = await changeRecord('publishOffer', input, context, {
    records: store.offers.records,
    key: enterpriseKeys.offer(stated.id),
    ownersOf: () => ({ enterpriseId: named.enterpriseId }),
    decide: ({ enterprise }) => decideOffer(stated, publisherOf(named, enterprise), viewer, request.now),
  });
  return { offer: record, userErrors };
};

/** Returns the publisher that an input names; null where it names none that may publish. */
function publisherOf(
  { enterpriseId, zoneId }: { readonly enterpriseId: string | null; readonly zoneId: string | null },
  enterprise: EnterpriseItem | null,
): OfferBinding | null {
  if (enterpriseId === null) return zoneId !== null && isIdOf('zone', zoneId) ? { enterpriseId, zoneId } : null;
  if (zoneId !== null || enterprise?.registration !== 'CONFIRMED') return null;
  return { enterpriseId, zoneId: enterprise.homeZoneId };
}

export const withdrawOffer: NonNullable<MutationResolvers['withdrawOffer']> = async (_, { input }, context) => {
  const { viewer, store } = context;
  const { record, userErrors } = await changeRecord('withdrawOffer', input, context, {
    records: store.offers.records,
    key: enterpriseKeys.offer(input.offer),
    ownersOf: () => ({}),
    decide: ({ before }) => decideWithdrawal(before, input.version, viewer),
  });
  return { offer: record, userErrors };
};

export const showInterest: NonNullable<MutationResolvers['showInterest']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { offer: offerId, enterprise: enterpriseId, message } = input;
  const references = [enterpriseKeys.offer(offerId), ...(await publisherKeys(offerId, context))];
  const { record, userErrors } = await changeRecord('showInterest', input, context, {
    records: store.offers.interests,
    key: enterpriseKeys.interest(offerId, enterpriseId),
    ownersOf: () => ({ enterpriseId, references }),
    decide: ({ before, references: found }, relation) =>
      decideInterest(
        { enterpriseId, message: localizedText(message) },
        { ...offerOf(found, request.now), before },
        relation,
        viewer,
        request.now,
      ),
  });
  return { interest: record, userErrors };
};

export const withdrawInterest: NonNullable<MutationResolvers['withdrawInterest']> = async (_, { input }, context) => {
  const { viewer, store } = context;
  const { offer, enterprise: enterpriseId, version } = input;
  const { record, userErrors } = await changeRecord('withdrawInterest', input, context, {
    records: store.offers.interests,
    key: enterpriseKeys.interest(offer, enterpriseId),
    ownersOf: () => ({ enterpriseId }),
    decide: ({ before }, relation) => decideInterestWithdrawal(version, before, relation, viewer),
  });
  return { interest: record, userErrors };
};

export const acceptInterest: NonNullable<MutationResolvers['acceptInterest']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { offer: offerId, enterprise, version } = input;
  const references = [enterpriseKeys.offer(offerId), ...(await publisherKeys(offerId, context))];
  const { record, userErrors } = await changeRecord('acceptInterest', input, context, {
    records: store.offers.interests,
    key: enterpriseKeys.interest(offerId, enterprise),
    // The interested enterprise must not be gone either.
    ownersOf: () => ({ enterpriseId: enterprise, references }),
    decide: ({ before, references: found }) =>
      decideMatch(version, { ...offerOf(found, request.now), before }, viewer, request.now),
  });
  return { interest: record, userErrors };
};

/** Returns the key of the enterprise that publishes an offer, which never changes; none where a zone does. */
async function publisherKeys(offerId: string, { store }: Context): Promise<readonly PrimaryKey[]> {
  const offer = await store.offers.byId.load(offerId);
  return offer?.enterpriseId == null ? [] : [enterpriseKeys.enterprise(offer.enterpriseId)];
}

/** Returns an offer and the state of its publisher, from the items of its keys. */
function offerOf([offer = null, publisher = null]: readonly (PrimaryKey | null)[], now: Date) {
  const enterprise = publisher as EnterpriseItem | null;
  return {
    offer: offer as OfferItem | null,
    isPublisherGone: enterprise !== null && isGone(enterprise, dayInShanghai(now)),
  };
}

export const cooperationOffers: NonNullable<QueryResolvers['cooperationOffers']> = (
  _,
  { sector, zone, ...page },
  { store, request },
) => store.offers.list({ sector, zoneId: zone ?? null, on: dayInShanghai(request.now) }, page);

/** Returns the viewer's relation to the interest in an offer. Officers take part where their zone publishes it. */
export function relationToOffer({ enterpriseId, zoneId }: OfferBinding, viewer: Viewer) {
  return registerRelation(viewer, {
    enterpriseId: enterpriseId ?? '',
    zoneIds: enterpriseId === null ? [zoneId] : [],
  });
}

/** Returns the viewer's relation to an interest: that of either side. */
export function relationToInterest({ enterpriseId, publisher }: Interest, viewer: Viewer) {
  const own = registerRelation(viewer, { enterpriseId, zoneIds: [] });
  return own === 'NONE' ? relationToOffer(publisher, viewer) : own;
}

export const CooperationOffer: CooperationOfferResolvers = {
  title: localizedField(({ title }) => title),
  text: localizedField(({ text }) => text),
  zone: ({ zoneId }) => ({ id: zoneId }),
  enterprise: ({ enterpriseId }: Offer, _, { store }) =>
    enterpriseId === null ? null : store.enterprises.byId.load(enterpriseId),
  interests: ({ id }, page, { store }) => store.offers.interestsIn(id, page),
};

export const OfferInterest: OfferInterestResolvers = {
  offer: async ({ offerId }, _, { store }) => present(await store.offers.byId.load(offerId), offerId),
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
  message: localizedField(({ message }) => message),
};
