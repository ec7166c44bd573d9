/**
 * Recognitions that change version by version. A new one is one transaction: its item, its history item, its id in the
 * lists of both zones, and the key's record, while the agreement is in the version that was read.
 */
import type { RecognitionRecord } from '../../domain/linkages/recognition.ts';
import type { Publication } from '../../domain/records/publication.ts';
import type { RecordRefusalCode } from '../../domain/records/record.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Earlier, OnceOutcome, OnceRequest } from '../dynamodb/idempotency.ts';
import { itemLoader, type Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { answeredVersion, commitVersion, readBesideKey } from '../dynamodb/versioned-item.ts';
import { check, hasFewer, update, versionIs, type Write } from '../dynamodb/write.ts';
import { linkageKeys } from '../tables.ts';
import type { AgreementItem } from './items.ts';
import {
  type RecognitionItem,
  recognitionItem,
  recognitionVersionItem,
  type ZoneRecognitionsItem,
} from './recognition-items.ts';

/** The stored facts that a change of a recognition is decided by; each null where there is none. */
export interface LoadedRecognition {
  readonly earlier: Earlier;
  readonly before: RecognitionItem | null;
  readonly agreement: AgreementItem | null;
}

type RecognitionRefusal = Refusal<RecordRefusalCode> | Stale;

export interface Recognitions {
  readonly byId: Loader<string, RecognitionItem | null>;
  /** Lists the recognitions that a zone gives, or those that it receives, ended ones too. Many zones take two BatchGets. */
  ofZone(zone: string, direction: 'GIVEN' | 'RECEIVED'): Promise<readonly RecognitionItem[]>;
  load(
    once: OnceRequest,
    ids: { readonly recognition: string; readonly agreement?: string },
  ): Promise<LoadedRecognition>;
  commit(
    once: OnceRequest,
    loaded: LoadedRecognition,
    recognition: RecognitionRecord,
    publication: Publication,
  ): Promise<OnceOutcome<RecognitionRefusal>>;
  /** Returns the recognition of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<RecognitionItem>;
}

/** Upper bound of the recognitions that a zone gives, and of those that it receives, ended ones among them. */
export const MAX_RECOGNITIONS = 400;

export function openRecognitions(table: Table): Recognitions {
  const byId = itemLoader<RecognitionItem>(table, 'recog', linkageKeys.recognition);
  const byZone = itemLoader<ZoneRecognitionsItem>(table, 'zone', linkageKeys.zoneRecognitions);
  return {
    byId,
    async ofZone(zone, direction) {
      const lists = await byZone.load(zone);
      const ids = direction === 'GIVEN' ? lists?.givenIds : lists?.receivedIds;
      const recognitions = await byId.loadMany([...(ids ?? [])].sort());
      return recognitions.filter((each) => each !== null);
    },
    async load(once, { recognition, agreement }) {
      const { earlier, itemAt } = await readBesideKey(table, once, [
        linkageKeys.recognition(recognition),
        ...(agreement === undefined ? [] : [linkageKeys.agreement(agreement)]),
      ]);
      return {
        earlier,
        before: itemAt<RecognitionItem>('RECOGNITION'),
        agreement: itemAt<AgreementItem>('AGREEMENT'),
      };
    },
    commit(once, { before, agreement }, recognition, publication) {
      const history = recognitionVersionItem(recognition, publication);
      return commitVersion<Refusal<RecordRefusalCode>>(
        table,
        once,
        { before, after: recognitionItem(recognition), history },
        agreement ? adding(recognition, agreement) : [],
      );
    },
    answered: (answer) => answeredVersion<RecognitionItem>(table, answer),
  };
}

function adding(
  { id, byZoneId, ofZoneId }: RecognitionRecord,
  agreement: AgreementItem,
): readonly Write<RecognitionRefusal>[] {
  const listed = (zoneId: string, name: 'givenIds' | 'receivedIds', field: string) =>
    update<RecognitionRefusal>(
      linkageKeys.zoneRecognitions(zoneId),
      { set: { type: 'ZoneRecognitions', zoneId }, add: { [name]: new Set([id]) } },
      { when: hasFewer(name, MAX_RECOGNITIONS), otherwise: tooMany(field) },
    );
  return [
    check<RecognitionRefusal>(linkageKeys.agreement(agreement.id), {
      when: versionIs(agreement.version),
      otherwise: STALE,
    }),
    listed(byZoneId, 'givenIds', 'agreement'),
    listed(ofZoneId, 'receivedIds', 'ofZone'),
  ];
}

const tooMany = (field: string): Refusal<RecordRefusalCode> => ({
  code: 'KEPT',
  field: [field],
  message: `The zone has ${MAX_RECOGNITIONS} recognitions already, which is the limit.`,
});
