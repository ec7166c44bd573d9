/** The items of recognitions in the linkages table. */
import type { RECOGNITION_EVENTS, RecognitionRecord } from '../../domain/linkages/recognition.ts';
import type { Publication } from '../../domain/records/publication.ts';
import { linkageKeys } from '../tables.ts';
import { idSet } from './items.ts';

export type RecognitionItem = ReturnType<typeof recognitionItem>;
export function recognitionItem(recognition: RecognitionRecord) {
  return { ...recognition, ...linkageKeys.recognition(recognition.id), type: 'Recognition' as const };
}

/** A version of a recognition, with the officer who made it. It is never changed. */
export type RecognitionVersionItem = ReturnType<typeof recognitionVersionItem>;
export function recognitionVersionItem(recognition: RecognitionRecord, publication: Publication) {
  const { version } = recognition;
  return {
    ...linkageKeys.recordVersion(linkageKeys.recognition(recognition.id), version),
    type: 'RecordVersion' as const,
    of: 'Recognition' as const,
    version,
    event: (version === 1 ? 'GIVEN' : 'ENDED') satisfies (typeof RECOGNITION_EVENTS)[number],
    facts: recognition,
    publication,
  };
}

/** The ids of the recognitions that a zone gives, and of those that other zones give it. */
export type ZoneRecognitionsItem = ReturnType<typeof zoneRecognitionsItem>;
export function zoneRecognitionsItem(
  zoneId: string,
  { given, received }: { readonly given: readonly string[]; readonly received: readonly string[] },
) {
  return {
    zoneId,
    ...idSet('givenIds', given),
    ...idSet('receivedIds', received),
    ...linkageKeys.zoneRecognitions(zoneId),
    type: 'ZoneRecognitions' as const,
  };
}
