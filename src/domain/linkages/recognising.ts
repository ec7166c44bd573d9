/** The commands of recognitions: a zone recognises qualifications or cards of another party, and ends that again. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { PolicyTerms } from '../policies/terms.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refusePublisher,
  refuseVersion,
  unless,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { AgreementRecord } from './agreement.ts';
import { agreementHolds } from './coverage.ts';
import { refuseConditions } from './covering.ts';
import { RECOGNISED_KINDS, type RecognisedKind, type RecognitionRecord } from './recognition.ts';

export type RecognitionDecision = Decision<RecognitionRecord, RecordRefusalCode>;

/** A recognition as an officer states it. */
export interface StatedRecognition {
  readonly agreementId: string;
  readonly ofZoneId: string;
  readonly kind: RecognisedKind;
  readonly terms: PolicyTerms;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Decides a new recognition. The officer's zone decides alone, within an agreement that all parties have signed. */
export function decideRecognition(
  id: string,
  stated: StatedRecognition,
  agreement: AgreementRecord | null,
  viewer: Viewer,
  now: Date,
): RecognitionDecision {
  const own = viewer.kind === 'officer' ? viewer.zone : null;
  const isParty = agreement === null || agreement.parties.some(({ zoneId }) => zoneId === own);
  const refused = refusePublisher(
    mayWrite(viewer, 'recogniseQualification', recordRelation(viewer, isParty ? own : null)),
  );
  if (refused.length > 0 || own === null) return { ok: false, refusals: refused };
  if (!agreement) {
    return { ok: false, refusals: unless(false, 'UNKNOWN_REFERENCE', ['agreement'], 'There is no such agreement.') };
  }
  const { agreementId, ofZoneId, kind, terms, validFrom, validTo } = stated;
  const isOther = ofZoneId !== own && agreement.parties.some(({ zoneId }) => zoneId === ofZoneId);
  const refusals = [
    ...refuseAgreement(agreement, validFrom),
    ...unless(isOther, 'INVALID_VALUE', ['ofZone'], 'The zone whose kind is recognised is another party.'),
    ...unless(validFrom >= dayInShanghai(now), 'INVALID_VALUE', ['validFrom'], 'It begins today at the earliest.'),
    ...unless(validTo === null || validTo >= validFrom, 'INVALID_VALUE', ['validTo'], 'It ends before it begins.'),
    ...refuseConditions(terms, RECOGNISED_KINDS[kind]),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const days = { validFrom, validTo };
  return {
    ok: true,
    value: { id, version: 1, byZoneId: own, ofZoneId, kind, rule: terms.rule, ...days, agreementId },
  };
}

/** Decides the end of a recognition, for the zone that gave it. Days that have passed stay as they were. */
export function decideRecognitionEnd(
  before: RecognitionRecord | null,
  { seen, lastDay }: { readonly seen: number; readonly lastDay: string },
  viewer: Viewer,
  now: Date,
): RecognitionDecision {
  if (!before) {
    return { ok: false, refusals: unless(false, 'UNKNOWN_RECORD', ['recognition'], 'There is no such recognition.') };
  }
  const refused = refusePublisher(mayWrite(viewer, 'endRecognition', recordRelation(viewer, before.byZoneId)));
  if (refused.length > 0) return { ok: false, refusals: refused };
  const refusals = [
    ...refuseVersion(seen, before),
    ...unless(lastDay >= dayInShanghai(now), 'INVALID_VALUE', ['lastDay'], 'The last day has passed.'),
    ...unless(before.validTo === null || lastDay < before.validTo, 'KEPT', ['lastDay'], 'It ends by then.'),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...before, version: before.version + 1, validTo: lastDay } };
}

function refuseAgreement(
  { status, terminatedOn, signedOn, purposes, validTo: to }: AgreementRecord,
  validFrom: string,
): RecordRefusal[] {
  const holds = agreementHolds({ status, terminatedOn, from: signedOn ?? '', to }, validFrom);
  return [
    ...unless(holds, 'KEPT', ['agreement'], 'The agreement is not signed and in force on the first day.'),
    ...unless(
      purposes.includes('RECOGNITION'),
      'KEPT',
      ['agreement'],
      'The agreement has not the purpose RECOGNITION.',
    ),
  ];
}
