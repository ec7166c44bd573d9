/**
 * Copies of the recognitions of talent cards, and of the signed agreements that they rest on. They follow the stream of
 * linkages.
 */
import { type AgreementRecord, agreementFacts } from '../../../domain/linkages/agreement.ts';
import type { AgreementFacts } from '../../../domain/linkages/coverage.ts';
import {
  RECOGNISED_KINDS,
  type RecognitionFacts,
  type RecognitionRecord,
  type RecognitionsAtHand,
} from '../../../domain/linkages/recognition.ts';
import { createLoader, itemLoader } from '../../dynamodb/loader.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { missingOrLess, put } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables/talent.ts';

export type CardRecognitionItem = ReturnType<typeof cardRecognitionItem>;
function cardRecognitionItem({ version, ...recognition }: RecognitionRecord) {
  const { byZoneId, id } = recognition;
  const copied: RecognitionFacts = recognition;
  return {
    ...copied,
    sourceVersion: version,
    ...talentKeys.cardRecognition(byZoneId, id),
    type: 'CardRecognition' as const,
  };
}

/** Returns the copy of a recognition; none of one of enterprises' qualifications. */
export function cardRecognitionItems(recognition: RecognitionRecord): readonly CardRecognitionItem[] {
  return RECOGNISED_KINDS[recognition.kind] === 'PERSON' ? [cardRecognitionItem(recognition)] : [];
}

export type AgreementFactsItem = ReturnType<typeof agreementFactsItem>;
function agreementFactsItem(facts: AgreementFacts, sourceVersion: number) {
  return { ...facts, sourceVersion, ...talentKeys.agreementFacts(facts.id), type: 'AgreementFacts' as const };
}

/** Returns the copy of an agreement; none of one that was never signed by all parties. */
export function agreementFactsItems(agreement: AgreementRecord): readonly AgreementFactsItem[] {
  return agreement.signedOn === null ? [] : [agreementFactsItem(agreementFacts(agreement), agreement.version)];
}

/** Copies recognitions of talent cards, and agreements. One that isn't newer than its copy changes nothing. */
export async function copyCardRecognitions(
  table: Table,
  recognitions: readonly RecognitionRecord[],
  agreements: readonly AgreementRecord[],
): Promise<void> {
  for (const item of [...recognitions.flatMap(cardRecognitionItems), ...agreements.flatMap(agreementFactsItems)]) {
    const isOlder = { when: missingOrLess('sourceVersion', item.sourceVersion), otherwise: 'NEWER_COPIED' } as const;
    await transactGroups<'NEWER_COPIED'>(table, [[put(item, isOlder)]]);
  }
}

export interface CardRecognitions {
  /** Returns the recognitions of talent cards that a zone gives, with their agreements: one Query and one BatchGet. */
  by(zone: string): Promise<RecognitionsAtHand>;
}

export function openCardRecognitions(table: Table): CardRecognitions {
  const agreements = itemLoader<AgreementFactsItem>(table, 'agr', talentKeys.agreementFacts);
  const read = async (zone: string): Promise<RecognitionsAtHand> => {
    const { pk: partition, sk } = talentKeys.cardRecognition(zone, '');
    const recognitions = await readRange<CardRecognitionItem>(table, { partition, sort: { beginsWith: sk } });
    const found = await agreements.loadMany([...new Set(recognitions.map(({ agreementId }) => agreementId))]);
    return { recognitions, agreements: found.filter((agreement) => agreement !== null) };
  };
  const byZone = createLoader<string, RecognitionsAtHand>((zones) => Promise.all(zones.map(read)));
  return { by: byZone.load };
}
