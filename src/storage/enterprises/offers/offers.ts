import type { Interest } from '../../../domain/offers/interest.ts';
import type { Offer } from '../../../domain/offers/offer.ts';
import { isGone } from '../../../domain/register/record.ts';
import { itemLoader, keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE } from '../../dynamodb/transaction.ts';
import { attributeIs, check } from '../../dynamodb/write.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseItem } from '../items.ts';
import { openVersionedRecords, type VersionedRecords } from '../versioned-records.ts';
import { type InterestItem, interestItem, type OfferItem, offerItem } from './items.ts';

/** The offers of a sector to list, only those of one zone where given. */
export interface OfferChoice {
  readonly sector: Offer['sector'];
  readonly zoneId: string | null;
  /** `YYYY-MM-DD`: offers that are valid on this day. */
  readonly on: string;
}

export interface Offers {
  readonly byId: Loader<string, OfferItem | null>;
  readonly records: VersionedRecords<Offer, OfferItem>;
  readonly interests: VersionedRecords<Interest, InterestItem>;
  /** Lists open offers, the first to end first; none of an enterprise that is gone, with which its offers end. */
  list(choice: OfferChoice, page: PageRequest): Promise<Page<OfferItem>>;
  /** Lists the interest in an offer, by enterprise. */
  interestsIn(offerId: string, page: PageRequest): Promise<Page<InterestItem>>;
  /** Lists the interest of an enterprise, newest offer first. */
  interestsOf(enterpriseId: string, page: PageRequest): Promise<Page<InterestItem>>;
}

export function openOffers(table: Table): Offers {
  const byId = itemLoader<OfferItem>(table, 'offer', enterpriseKeys.offer);
  const interests = keyLoader<PrimaryKey, InterestItem>(table, (key) => key);
  const publishers = itemLoader<EnterpriseItem>(table, 'ent', enterpriseKeys.enterprise);
  const withoutEnded = (offers: readonly (OfferItem | null)[], on: string) =>
    Promise.all(
      offers.map(async (offer) => {
        const publisher = offer?.enterpriseId == null ? null : await publishers.load(offer.enterpriseId);
        return publisher && isGone(publisher, on) ? null : offer;
      }),
    );
  return {
    byId,
    records: openVersionedRecords(table, offerItem),
    interests: openVersionedRecords(table, interestItem, (_, { offerId, state }) =>
      state === 'WITHDRAWN'
        ? []
        : [check(enterpriseKeys.offer(offerId), { when: attributeIs('state', 'OPEN'), otherwise: STALE })],
    ),
    list: ({ sector, zoneId, on }, page) =>
      readPage<PrimaryKey, OfferItem>(table, page, {
        range: {
          ...(zoneId === null
            ? { index: 'gsi1', partition: enterpriseIndexes.offersOfSector(sector, '').gsi1pk }
            : { index: 'gsi2', partition: enterpriseIndexes.offersOfZone(zoneId, sector, '').gsi2pk }),
          sort: { from: on, to: '9999' },
        },
        binding: { field: 'Query.cooperationOffers', arguments: { sector, zoneId, on } },
        nodes: async (entries) => withoutEnded(await byId.loadMany(entries.map(({ pk }) => pk)), on),
      }),
    interestsIn: (offerId, page) =>
      readPage<PrimaryKey, InterestItem>(table, page, {
        range: { index: 'gsi2', partition: enterpriseIndexes.interestsInOffer(offerId, '').gsi2pk },
        binding: { field: 'CooperationOffer.interests', arguments: { offerId } },
        nodes: (entries) => interests.loadMany(entries),
      }),
    interestsOf: (enterpriseId, page) =>
      readPage<PrimaryKey, InterestItem>(table, page, {
        range: {
          index: 'gsi1',
          partition: enterpriseIndexes.interestsOfEnterprise(enterpriseId, '').gsi1pk,
          backwards: true,
        },
        binding: { field: 'Enterprise.offerInterests', arguments: { enterpriseId } },
        nodes: (entries) => interests.loadMany(entries),
      }),
  };
}
