/**
 * Does policy P apply to subject X on day D, and by which chain of agreements?
 *
 * A policy applies in the zone of its issuer, and beyond it only where a coverage says so: from that very zone to a zone of
 * the subject, on the strength of an agreement that both zones signed and that is in force. Coverage is neither symmetric
 * (A's policy in B says nothing of B's in A) nor transitive (a coverage from A to B and one from B to C make none from A
 * to C): only direct ones are looked at.
 */
import { type DayInterval, isWithin } from './day.ts';

export const SUBJECT_KINDS = ['ENTERPRISE', 'PERSON', 'SITE'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const AGREEMENT_STATUSES = ['PROPOSED', 'SIGNED', 'TERMINATED'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

export interface PolicyFacts {
  readonly id: string;
  /** The zones in which the issuer's word holds: its own, or all of its district or city. */
  readonly homeZoneIds: readonly string[];
  readonly subject: SubjectKind;
  /** When its versions are in force. */
  readonly validity: readonly DayInterval[];
}

/** What an enterprise has to be for a coverage to reach it; all that are given must hold. */
export interface CoverageConditions {
  readonly sectors?: readonly string[];
  readonly sizeClasses?: readonly string[];
}

export interface Coverage extends DayInterval {
  readonly id: string;
  readonly policyId: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly subject: SubjectKind;
  readonly conditions: CoverageConditions;
  readonly agreementId: string;
}

export interface AgreementFacts extends DayInterval {
  readonly id: string;
  readonly status: AgreementStatus;
  /** The last day of a terminated agreement; null for the others. */
  readonly terminatedOn: string | null;
  readonly partyZoneIds: readonly string[];
}

export interface Subject {
  readonly kind: SubjectKind;
  /** The zones that it is in on the day asked about. */
  readonly zoneIds: readonly string[];
  readonly sector?: string;
  readonly sizeClass?: string;
}

export type CoverageFailure =
  | 'POLICY_NOT_IN_FORCE'
  | 'SUBJECT_KIND_NOT_COVERED'
  | 'SUBJECT_IN_NO_ZONE'
  | 'NO_COVERAGE_BETWEEN_ZONES'
  | 'COVERAGE_NOT_VALID_ON_DAY'
  | 'CONDITIONS_NOT_MET'
  | 'AGREEMENT_UNKNOWN'
  | 'AGREEMENT_NOT_SIGNED'
  | 'AGREEMENT_NOT_IN_FORCE_ON_DAY'
  | 'ZONE_NOT_PARTY_TO_AGREEMENT';

export interface FailedReason {
  readonly code: CoverageFailure;
  readonly coverageId: string | null;
  readonly agreementId: string | null;
}

export interface ChainLink {
  readonly coverageId: string;
  readonly agreementId: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
}

/** `via` is OWN_ZONE with an empty chain where no coverage is needed. `failed` says why what was looked at didn't do. */
export interface PolicyApplication {
  readonly applies: boolean;
  readonly via: 'OWN_ZONE' | 'COVERAGE' | null;
  readonly chain: readonly ChainLink[];
  readonly failed: readonly FailedReason[];
}

function fails(code: CoverageFailure, coverage?: Coverage): FailedReason {
  return { code, coverageId: coverage?.id ?? null, agreementId: coverage?.agreementId ?? null };
}

/** Signed, or terminated later than the day, and the day within its validity. */
function isInForce(agreement: AgreementFacts, day: string): boolean {
  const ended = agreement.terminatedOn !== null && agreement.terminatedOn < day;
  return isWithin(day, agreement) && !ended;
}

function holds(conditions: CoverageConditions, subject: Subject): boolean {
  const { sectors, sizeClasses } = conditions;
  return (
    (!sectors || sectors.includes(subject.sector ?? '')) &&
    (!sizeClasses || sizeClasses.includes(subject.sizeClass ?? ''))
  );
}

/** The first reason why one coverage doesn't do for the subject on the day, or null where it does. */
function failureOf(
  coverage: Coverage,
  agreement: AgreementFacts | undefined,
  subject: Subject,
  day: string,
): CoverageFailure | null {
  if (coverage.subject !== subject.kind) return 'SUBJECT_KIND_NOT_COVERED';
  if (!isWithin(day, coverage)) return 'COVERAGE_NOT_VALID_ON_DAY';
  if (!holds(coverage.conditions, subject)) return 'CONDITIONS_NOT_MET';
  if (!agreement) return 'AGREEMENT_UNKNOWN';
  if (agreement.status === 'PROPOSED') return 'AGREEMENT_NOT_SIGNED';
  if (!isInForce(agreement, day)) return 'AGREEMENT_NOT_IN_FORCE_ON_DAY';
  const parties = agreement.partyZoneIds;
  if (!parties.includes(coverage.fromZoneId) || !parties.includes(coverage.toZoneId)) {
    return 'ZONE_NOT_PARTY_TO_AGREEMENT';
  }
  return null;
}

/**
 * @param coverages those of the policy; others are not looked at
 * @param agreements at least those that the coverages rest on
 */
export function policyApplies(
  policy: PolicyFacts,
  subject: Subject,
  day: string,
  coverages: readonly Coverage[],
  agreements: readonly AgreementFacts[],
): PolicyApplication {
  const refused = (failed: readonly FailedReason[]) => ({ applies: false, via: null, chain: [], failed });
  if (!policy.validity.some((interval) => isWithin(day, interval))) return refused([fails('POLICY_NOT_IN_FORCE')]);
  if (policy.subject !== subject.kind) return refused([fails('SUBJECT_KIND_NOT_COVERED')]);
  if (subject.zoneIds.length === 0) return refused([fails('SUBJECT_IN_NO_ZONE')]);
  if (subject.zoneIds.some((zone) => policy.homeZoneIds.includes(zone))) {
    return { applies: true, via: 'OWN_ZONE', chain: [], failed: [] };
  }
  const candidates = coverages.filter(
    ({ policyId, fromZoneId, toZoneId }) =>
      policyId === policy.id && policy.homeZoneIds.includes(fromZoneId) && subject.zoneIds.includes(toZoneId),
  );
  if (candidates.length === 0) return refused([fails('NO_COVERAGE_BETWEEN_ZONES')]);
  const failed: FailedReason[] = [];
  for (const coverage of candidates) {
    const agreement = agreements.find(({ id }) => id === coverage.agreementId);
    const failure = failureOf(coverage, agreement, subject, day);
    if (failure === null) {
      const { id: coverageId, agreementId, fromZoneId, toZoneId } = coverage;
      return { applies: true, via: 'COVERAGE', chain: [{ coverageId, agreementId, fromZoneId, toZoneId }], failed };
    }
    failed.push(fails(failure, coverage));
  }
  return refused(failed);
}
