/** Copies and lists that follow from relocations, recognitions and agreements. */
import { put, remove } from '../dynamodb/write.ts';
import type { AgreementItem } from '../linkages/items.ts';
import type { RecognitionItem } from '../linkages/recognition-items.ts';
import {
  type RelocationItem,
  type ZoneRelocationItem,
  zoneRelocationItems,
} from '../linkages/relocations/relocation-items.ts';
import { linkageKeys } from '../tables/linkages.ts';
import {
  type AgreementFactsItem,
  agreementFactsItems,
  type CardRecognitionItem,
  cardRecognitionItems,
} from '../talent/agreements/card-recognitions.ts';
import { asCopy } from './copies.ts';
import { derivedItems } from './derived-items.ts';
import type { ReadModel } from './read-model.ts';

export const zoneRelocations: ReadModel = derivedItems<RelocationItem, ZoneRelocationItem>({
  name: 'zone-relocations',
  title: "zones' lists of relocations",
  source: { store: 'linkages', type: 'Relocation' },
  target: { store: 'linkages', type: 'ZoneRelocation' },
  itemsOf: zoneRelocationItems,
  sourceOf: ({ relocationId }) => relocationId,
  sourceKey: linkageKeys.relocation,
  put: (item) => [put(item)],
  remove: (item) => [remove(item)],
});

export const cardRecognitions: ReadModel = derivedItems<RecognitionItem, CardRecognitionItem>({
  name: 'card-recognitions',
  title: "talent's copies of recognitions of talent cards",
  source: { store: 'linkages', type: 'Recognition' },
  target: { store: 'talent', type: 'CardRecognition' },
  itemsOf: cardRecognitionItems,
  sourceOf: ({ id }) => id,
  sourceKey: linkageKeys.recognition,
  ...asCopy,
});

export const agreementCopies: ReadModel = derivedItems<AgreementItem, AgreementFactsItem>({
  name: 'agreement-facts',
  title: "talent's copies of signed agreements",
  source: { store: 'linkages', type: 'Agreement' },
  target: { store: 'talent', type: 'AgreementFacts' },
  itemsOf: agreementFactsItems,
  sourceOf: ({ id }) => id,
  sourceKey: linkageKeys.agreement,
  ...asCopy,
});
