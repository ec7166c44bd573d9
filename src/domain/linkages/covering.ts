/** Coverages under an agreement: a zone opens a policy of its own to subjects of another party, and ends that again. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { type DayInterval, dayInShanghai } from '../calendar/day.ts';
import { type PolicyTerms, refuseTerms } from '../policies/terms.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refusePublisher,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Rule } from '../rules/rule.ts';
import type { Viewer } from '../viewer.ts';
import type { AgreementRecord } from './agreement.ts';
import { agreementHolds, type SubjectKind } from './coverage.ts';

export interface CoverageRecord extends Versioned {
  readonly id: string;
  readonly policyId: string;
  /** The policy version that the parties agreed on. The coverage applies while that version is in force. */
  readonly policyVersion: { readonly number: number; readonly validFrom: string; readonly validTo: string | null };
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly subject: SubjectKind;
  /** The conditions of a subject besides the policy's terms; null where the coverage is open to all. */
  readonly rule: Rule | null;
  readonly validFrom: string;
  /** The last day; null without an end. */
  readonly validTo: string | null;
  readonly agreementId: string;
}

/** A coverage as an officer states it. */
export interface StatedCoverage {
  readonly agreementId: string;
  readonly policyId: string;
  /** The number of the policy's version. */
  readonly policyVersion: number;
  readonly toZoneId: string;
  readonly terms: PolicyTerms;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The facts of a policy that decide where it may be carried. */
export interface CoveredPolicy {
  readonly homeZoneIds: readonly string[];
  readonly subject: SubjectKind;
  readonly inForce: readonly (DayInterval & { readonly number: number })[];
}

export type CoverageDecision = Decision<CoverageRecord, RecordRefusalCode>;

/** Bytes of a coverage's conditions with their samples. All coverages into a zone are read together. */
const MAX_TERMS_BYTES = 16_000;

interface CoverageGrounds {
  /** Null where there is none. */
  readonly agreement: AgreementRecord | null;
  readonly policy: CoveredPolicy | null;
}

/** Decides a new coverage. The policy's zone decides alone, within an agreement that all parties have signed. */
export function decideCoverage(
  id: string,
  stated: StatedCoverage,
  { agreement, policy }: CoverageGrounds,
  viewer: Viewer,
  now: Date,
): CoverageDecision {
  const own = viewer.kind === 'officer' ? viewer.zone : null;
  const isTheirs = policy === null || policy.homeZoneIds.some((zone) => zone === own);
  const isParty = agreement === null || agreement.parties.some(({ zoneId }) => zoneId === own);
  const refused = refusePublisher(
    mayWrite(viewer, 'addCoverage', recordRelation(viewer, isTheirs && isParty ? own : null)),
  );
  if (refused.length > 0 || own === null) return { ok: false, refusals: refused };
  if (!agreement || !policy) {
    const refusals = [
      ...unless(agreement !== null, 'UNKNOWN_REFERENCE', ['agreement'], 'There is no such agreement.'),
      ...unless(policy !== null, 'UNKNOWN_REFERENCE', ['policy'], 'There is no such policy.'),
    ];
    return { ok: false, refusals };
  }
  const version = policy.inForce.find(({ number }) => number === stated.policyVersion);
  const refusals = [
    ...refuseAgreement(agreement, stated),
    ...unless(version !== undefined, 'UNKNOWN_REFERENCE', ['policyVersion'], 'No such version is in force on any day.'),
    ...refusePlace(agreement, stated.toZoneId, own),
    ...refuseDays(stated, dayInShanghai(now)),
    ...refuseConditions(stated.terms, policy.subject),
  ];
  if (refusals.length > 0 || !version) return { ok: false, refusals };
  const { agreementId, policyId, toZoneId, terms, validFrom, validTo } = stated;
  return {
    ok: true,
    value: {
      ...{ id, version: 1, policyId, fromZoneId: own, toZoneId, subject: policy.subject, rule: terms.rule },
      policyVersion: { number: version.number, validFrom: version.from, validTo: version.to },
      ...{ validFrom, validTo, agreementId },
    },
  };
}

/** Decides the end of a coverage, for the policy's zone or the covered one. Days that have passed stay as they were. */
export function decideCoverageEnd(
  before: CoverageRecord | null,
  { seen, lastDay }: { readonly seen: number; readonly lastDay: string },
  viewer: Viewer,
  now: Date,
): CoverageDecision {
  if (!before) {
    return { ok: false, refusals: unless(false, 'UNKNOWN_RECORD', ['coverage'], 'There is no such coverage.') };
  }
  const own = [before.fromZoneId, before.toZoneId].find((zone) => viewer.kind === 'officer' && zone === viewer.zone);
  const refused = refusePublisher(mayWrite(viewer, 'endCoverage', recordRelation(viewer, own ?? null)));
  if (refused.length > 0) return { ok: false, refusals: refused };
  const today = dayInShanghai(now);
  const refusals = [
    ...refuseVersion(seen, before),
    ...unless(lastDay >= today, 'INVALID_VALUE', ['lastDay'], 'The last day has passed.'),
    ...unless(before.validTo === null || lastDay < before.validTo, 'KEPT', ['lastDay'], 'The coverage ends by then.'),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...before, version: before.version + 1, validTo: lastDay } };
}

function refuseAgreement(agreement: AgreementRecord, { validFrom }: StatedCoverage): RecordRefusal[] {
  const { status, terminatedOn, purposes, validTo: to } = agreement;
  const holds = agreementHolds({ status, terminatedOn, from: agreement.signedOn ?? '', to }, validFrom);
  const isForPolicies = purposes.includes('POLICY_COVERAGE');
  return [
    ...unless(holds, 'KEPT', ['agreement'], 'The agreement is not signed and in force on the first day.'),
    ...unless(isForPolicies, 'KEPT', ['agreement'], 'The agreement has not the purpose POLICY_COVERAGE.'),
  ];
}

function refusePlace({ parties }: AgreementRecord, toZoneId: string, own: string): RecordRefusal[] {
  const isOther = toZoneId !== own && parties.some(({ zoneId }) => zoneId === toZoneId);
  return unless(isOther, 'INVALID_VALUE', ['toZone'], 'The covered zone is another party of the agreement.');
}

function refuseDays({ validFrom, validTo }: StatedCoverage, today: string): RecordRefusal[] {
  return [
    ...unless(validFrom >= today, 'INVALID_VALUE', ['validFrom'], 'A coverage begins today at the earliest.'),
    ...unless(validTo === null || validTo >= validFrom, 'INVALID_VALUE', ['validTo'], 'It ends before it begins.'),
  ];
}

/** Refuses conditions with faults, and those that are too long. */
export function refuseConditions(terms: PolicyTerms, subject: SubjectKind): readonly RecordRefusal[] {
  const bytes = Buffer.byteLength(JSON.stringify(terms));
  return [
    ...unless(
      bytes <= MAX_TERMS_BYTES,
      'INVALID_VALUE',
      ['terms'],
      `Conditions have at most ${MAX_TERMS_BYTES} bytes.`,
    ),
    ...refuseTerms(terms, { subject, clauses: 0 }),
  ];
}
