import { AMOUNT_TERMS, ROUTE_LABELS, wordsOf } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { HousingOfferResolvers } from './generated/types.ts';

export const HousingOffer: HousingOfferResolvers = {
  facilityLabel: localizedField(({ facilityKind }) => wordsOf(ROUTE_LABELS, facilityKind)),
  amountTerm: localizedField(({ facilityKind, amount }) =>
    amount === null ? null : wordsOf(AMOUNT_TERMS, facilityKind),
  ),
};
