/** The items of offers and of interest in them, each beside the function that makes it from its facts. */
import type { Interest } from '../../../domain/offers/interest.ts';
import type { Offer } from '../../../domain/offers/offer.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../../tables.ts';

export interface OfferItem extends PrimaryKey, Offer {
  readonly type: 'Offer';
  /** Missing for a withdrawn offer, which is in no list. */
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
}

export function offerItem(offer: Offer & Partial<OfferItem>): OfferItem {
  const { gsi1pk: _, gsi1sk: __, gsi2pk: ___, gsi2sk: ____, ...facts } = offer;
  const { id, sector, zoneId, validTo, state } = facts;
  const order = `${validTo}#${id}`;
  return {
    ...facts,
    ...enterpriseKeys.offer(id),
    ...(state === 'OPEN' && {
      ...enterpriseIndexes.offersOfSector(sector, order),
      ...enterpriseIndexes.offersOfZone(zoneId, sector, order),
    }),
    type: 'Offer',
  };
}

export interface InterestItem extends PrimaryKey, Interest {
  readonly type: 'OfferInterest';
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  /** Missing after a withdrawal, which the publisher doesn't see. */
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
}

export function interestItem(interest: Interest & Partial<InterestItem>): InterestItem {
  const { gsi2pk: _, gsi2sk: __, ...facts } = interest;
  const { offerId, enterpriseId, state } = facts;
  return {
    ...facts,
    ...enterpriseKeys.interest(offerId, enterpriseId),
    ...enterpriseIndexes.interestsOfEnterprise(enterpriseId, offerId),
    ...(state !== 'WITHDRAWN' && enterpriseIndexes.interestsInOffer(offerId, enterpriseId)),
    type: 'OfferInterest',
  };
}
