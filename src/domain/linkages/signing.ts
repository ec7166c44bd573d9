/**
 * Proposals of agreements between zones, and their signatures. The proposer's zone signs by proposing, each other party
 * once. What a zone signs stays as it is: another text is another version that all sign.
 */
import { mayWrite } from '../access/may-write.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refusePublisher,
  refuseVersion,
  unless,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { AgreementRecord, AgreementTerms, PartyFacts } from './agreement.ts';
import { refuseTerms } from './agreement-terms.ts';

export type AgreementDecision = Decision<AgreementRecord, RecordRefusalCode>;

/** The mutations that take an agreement one version further. */
export type AgreementStep = 'signAgreement' | 'declineAgreement' | 'withdrawAgreement';

/** Decides a new agreement. */
export function decideProposal(id: string, terms: AgreementTerms, viewer: Viewer, now: Date): AgreementDecision {
  const today = dayInShanghai(now);
  const own = ownZone(viewer, terms.parties);
  const refused = refuseWriter(viewer, 'proposeAgreement', own);
  const refusals = refused.length > 0 ? refused : refuseTerms(terms, today);
  if (own === null || refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    value: {
      id,
      ...terms,
      version: 1,
      status: 'PROPOSED',
      terminatedOn: null,
      parties: terms.parties.map((party) => ({ ...party, signedOn: party.zoneId === own ? today : null })),
      signedOn: null,
      proposedBy: own,
      coverageIds: [],
    },
  };
}

/**
 * Decides a signature, a refusal to sign or a withdrawal.
 * @param seen the version that the officer saw
 */
export function decideStep(
  before: AgreementRecord | null,
  seen: number,
  step: AgreementStep,
  viewer: Viewer,
  now: Date,
): AgreementDecision {
  if (!before) {
    return { ok: false, refusals: unless(false, 'UNKNOWN_RECORD', ['agreement'], 'There is no such agreement.') };
  }
  const own = ownZone(viewer, before.parties);
  const isProposer = own !== null && own === before.proposedBy;
  const writer = step === 'withdrawAgreement' && !isProposer ? null : own;
  const refused = refuseWriter(viewer, step, writer);
  const today = dayInShanghai(now);
  const refusals = refused.length > 0 ? refused : refuseStep(before, { seen, step, own, today });
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...afterStep(before, step, own, today), version: before.version + 1 } };
}

/** Returns the officer's zone where it is a party; null where it is none. */
function ownZone(viewer: Viewer, parties: readonly PartyFacts[]): string | null {
  const isParty = viewer.kind === 'officer' && parties.some(({ zoneId }) => zoneId === viewer.zone);
  return isParty ? viewer.zone : null;
}

/** @param zoneId the party that the officer speaks for; null where there is none */
function refuseWriter(
  viewer: Viewer,
  mutation: MutationName & (AgreementStep | 'proposeAgreement'),
  zoneId: string | null,
) {
  return refusePublisher(mayWrite(viewer, mutation, recordRelation(viewer, zoneId)));
}

interface StepFacts {
  readonly seen: number;
  readonly step: AgreementStep;
  readonly own: string | null;
  readonly today: string;
}

function refuseStep(before: AgreementRecord, { seen, step, own, today }: StepFacts): RecordRefusal[] {
  const isOver = before.validTo !== null && before.validTo < today;
  const hasSigned = before.parties.some(({ zoneId, signedOn }) => zoneId === own && signedOn !== null);
  return [
    ...refuseVersion(seen, before),
    ...unless(before.status === 'PROPOSED', 'KEPT', ['agreement'], 'The agreement is not a proposal any more.'),
    ...unless(step === 'withdrawAgreement' || !hasSigned, 'KEPT', ['agreement'], 'The zone has signed already.'),
    ...unless(step !== 'signAgreement' || !isOver, 'KEPT', ['agreement'], 'The last day of the agreement has passed.'),
  ];
}

function afterStep(before: AgreementRecord, step: AgreementStep, own: string | null, today: string): AgreementRecord {
  if (step === 'declineAgreement') return { ...before, status: 'DECLINED' };
  if (step === 'withdrawAgreement') return { ...before, status: 'WITHDRAWN' };
  const parties = before.parties.map((party) => (party.zoneId === own ? { ...party, signedOn: today } : party));
  const isLast = parties.every(({ signedOn }) => signedOn !== null);
  return { ...before, parties, ...(isLast && { status: 'SIGNED' as const, signedOn: today }) };
}
