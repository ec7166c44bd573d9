/**
 * Proposals of agreements between zones, and the signatures under them and under later changes. The proposer's zone
 * signs by proposing, each other party once. What a zone signs stays as it is: another text is another version that all
 * sign.
 */

import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import { isIdOf } from '../ids.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refusePublisher,
  refuseVersion,
  unless,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { AgreementRecord, AgreementTerms, PartyFacts, Signer } from './agreement.ts';
import { refuseTerms } from './agreement-terms.ts';
import { afterSignedChange, refuseSigningChange, withoutChange } from './change.ts';
import { isComplete, type OfficersPerSignature, refuseSignature, type Signature, withSignature } from './signature.ts';

export type AgreementDecision = Decision<AgreementRecord, RecordRefusalCode>;

/** The mutations that take what waits for signatures one step further. */
export type AgreementStep = 'signAgreement' | 'declineAgreement' | 'withdrawAgreement';

/** An officer's act: who acts, when, and by how many officers their zone signs. */
export interface Act {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly officers: OfficersPerSignature;
}

/**
 * Decides a new agreement.
 * @param zones those of its zones that exist
 */
export function decideProposal(
  id: string,
  terms: AgreementTerms,
  act: Act,
  zones: ReadonlySet<string>,
): AgreementDecision {
  const signature = signatureOf(act, terms.parties);
  const refused = refuseWriter(act.viewer, 'proposeAgreement', signature?.zoneId ?? null);
  const refusals =
    refused.length > 0 ? refused : [...refuseTerms(terms, dayInShanghai(act.now)), ...refuseUnknown(terms, zones)];
  if (signature === null || refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    value: {
      id,
      ...terms,
      version: 1,
      status: 'PROPOSED',
      terminatedOn: null,
      parties: withSignature(
        terms.parties.map((party) => ({ ...party, signedOn: null })),
        signature,
      ),
      signedOn: null,
      proposedBy: signature.zoneId,
    },
  };
}

/**
 * Decides a signature, a refusal to sign or a withdrawal: of a proposed agreement, or of a change of a signed one.
 * @param seen the version that the officer saw
 */
export function decideStep(
  before: AgreementRecord | null,
  seen: number,
  step: AgreementStep,
  act: Act,
): AgreementDecision {
  if (!before) return { ok: false, refusals: unknownAgreement() };
  const signature = signatureOf(act, before.parties);
  const proposer = before.change?.proposedBy ?? before.proposedBy;
  const isTheirs = signature !== null && (step !== 'withdrawAgreement' || signature.zoneId === proposer);
  const refused = refuseWriter(act.viewer, step, isTheirs ? signature.zoneId : null);
  const refusals = refused.length > 0 || !signature ? refused : refuseStep(before, { seen, step, signature });
  if (refusals.length > 0 || !signature) return { ok: false, refusals };
  return { ok: true, value: { ...afterStep(before, step, signature), version: before.version + 1 } };
}

function refuseUnknown({ parties }: AgreementTerms, zones: ReadonlySet<string>): RecordRefusal[] {
  return parties.flatMap(({ zoneId }, i) => {
    const isKnown = !isIdOf('zone', zoneId) || zones.has(zoneId);
    return unless(isKnown, 'UNKNOWN_REFERENCE', ['parties', String(i), 'zone'], 'There is no such zone.');
  });
}

export const unknownAgreement = () => unless(false, 'UNKNOWN_RECORD', ['agreement'], 'There is no such agreement.');

/** Returns the signature that an officer can give; null where their zone is no party. */
export function signatureOf({ viewer, now, officers }: Act, parties: readonly PartyFacts[]): Signature | null {
  if (viewer.kind !== 'officer' || !parties.some(({ zoneId }) => zoneId === viewer.zone)) return null;
  return { zoneId: viewer.zone, officer: viewer.person, officers, today: dayInShanghai(now) };
}

/** @param zoneId the party that the officer speaks for; null where there is none */
export function refuseWriter(viewer: Viewer, mutation: MutationName & `${string}Agreement`, zoneId: string | null) {
  return refusePublisher(mayWrite(viewer, mutation, recordRelation(viewer, zoneId)));
}

interface StepFacts {
  readonly seen: number;
  readonly step: AgreementStep;
  readonly signature: Signature;
}

function refuseStep(before: AgreementRecord, { seen, step, signature }: StepFacts): RecordRefusal[] {
  const signers = waitingFor(before);
  const isOver = before.validTo !== null && before.validTo < signature.today;
  return [
    ...refuseVersion(seen, before),
    ...unless(signers !== null, 'KEPT', ['agreement'], 'Nothing of the agreement waits for signatures.'),
    ...(step === 'withdrawAgreement' || signers === null ? [] : refuseSignature(signers, signature)),
    ...unless(step !== 'signAgreement' || !isOver, 'KEPT', ['agreement'], 'The last day of the agreement has passed.'),
    ...(step === 'signAgreement' ? refuseSigningChange(before, signature.today) : []),
  ];
}

/** Returns the signers of what waits for signatures; null where nothing does. */
function waitingFor({ status, parties, change }: AgreementRecord): readonly Signer[] | null {
  return status === 'PROPOSED' ? parties : (change?.signers ?? null);
}

function afterStep(before: AgreementRecord, step: AgreementStep, signature: Signature): AgreementRecord {
  if (before.change) {
    return step === 'signAgreement' ? afterSignedChange(before, before.change, signature) : withoutChange(before);
  }
  if (step === 'declineAgreement') return { ...before, status: 'DECLINED' };
  if (step === 'withdrawAgreement') return { ...before, status: 'WITHDRAWN' };
  const parties = withSignature(before.parties, signature);
  return { ...before, parties, ...(isComplete(parties) && { status: 'SIGNED' as const, signedOn: signature.today }) };
}
