import { type DayInterval, isWithin } from '../calendar/day.ts';
import type { Localized } from '../locale.ts';
import type { Answer } from '../rules/answer.ts';
import type { Rule } from '../rules/rule.ts';

/**
 * Decides whether policy P applies to subject X on day D, and by which agreement.
 *
 * A policy applies in the zone of its issuer. It applies elsewhere only by a coverage from that very zone to a zone of
 * the subject. The coverage rests on an agreement that both zones signed and that is in force. Coverage is not
 * symmetric: A's policy in B implies nothing for B's policy in A. It is not transitive: coverages from A to B and from
 * B to C make none from A to C.
 */

export const SUBJECT_KINDS = ['ENTERPRISE', 'PERSON', 'SITE'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const AGREEMENT_STATUSES = ['PROPOSED', 'SIGNED', 'EXPIRED', 'TERMINATED', 'DECLINED', 'WITHDRAWN'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

export interface PolicyFacts {
  readonly id: string;
  /** The zones where the issuer has authority: its own, or all zones of its district or city. */
  readonly homeZoneIds: readonly string[];
  readonly subject: SubjectKind;
  /** The intervals in which its versions are in force. */
  readonly validity: readonly DayInterval[];
}

export interface Coverage extends DayInterval {
  readonly id: string;
  readonly policyId: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly subject: SubjectKind;
  /** The conditions of a subject besides the policy's terms; null where the coverage is open to all. */
  readonly rule: Rule | null;
  readonly agreementId: string;
}

export interface AgreementFacts extends DayInterval {
  readonly id: string;
  readonly status: AgreementStatus;
  /** The last day of a terminated agreement; null for others. */
  readonly terminatedOn: string | null;
  readonly partyZoneIds: readonly string[];
}

export interface Subject {
  readonly kind: SubjectKind;
  /** The zones of the subject on the queried day. */
  readonly zoneIds: readonly string[];
  /** The traits of the subject on that day, by kind, e.g. `SECTOR: ['DIGITAL_ECONOMY']`. */
  readonly traits: Readonly<Record<'SECTOR' | 'QUALIFICATION' | 'SITE_KIND', readonly string[]>>;
  /** Qualifications that count where a zone has granted or recognises them. Those of the traits count everywhere. */
  readonly granted?: readonly { readonly kind: string; readonly zoneId: string }[];
  /** The size class of an enterprise; absent for persons. */
  readonly sizeClass?: string;
  /** The first day of an enterprise's stay in its one zone, without a gap until that day. */
  readonly residentSince?: string;
}

export type CoverageFailure =
  | 'POLICY_NOT_FOUND'
  | 'POLICY_NOT_IN_FORCE'
  | 'SUBJECT_NOT_FOUND'
  | 'SUBJECT_NOT_RESIDENT'
  | 'SUBJECT_KIND_DIFFERS'
  /** No coverage from the policy's own zone to a zone of the subject. */
  | 'NO_COVERAGE'
  | 'COVERAGE_NOT_IN_FORCE'
  /** Unknown, only proposed, declined, withdrawn, or not signed by one of the two zones. */
  | 'AGREEMENT_NOT_SIGNED'
  | 'AGREEMENT_NOT_IN_FORCE'
  | 'CONDITION_NOT_MET'
  /** Facts are missing, so the conditions of the coverage are not decided. */
  | 'CONDITION_UNKNOWN'
  /** The policy reaches the subject, and the subject doesn't meet its terms. */
  | 'TERMS_NOT_MET'
  /** Facts are missing, so the terms of the policy are not decided. */
  | 'TERMS_UNKNOWN'
  | 'TERMS_NOT_RECORDED';

export interface FailedReason {
  readonly code: CoverageFailure;
  readonly coverageId: string | null;
  readonly agreementId: string | null;
  /** The judgement of the coverage's conditions; null where they were not judged. */
  readonly judgement: Answer | null;
}

export interface ChainLink {
  readonly coverageId: string;
  readonly agreementId: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
  /** The judgement of the coverage's conditions; null where it has none. */
  readonly judgement: Answer | null;
}

/**
 * The result for one policy. `via` is OWN_ZONE with an empty chain where no coverage is needed. `failed` has the reason
 * of every coverage that was tried.
 */
export interface PolicyApplication {
  readonly applies: boolean;
  readonly via: 'OWN_ZONE' | 'COVERAGE' | null;
  readonly chain: readonly ChainLink[];
  readonly failed: readonly FailedReason[];
}

function fails(code: CoverageFailure, coverage?: Coverage, judgement: Answer | null = null): FailedReason {
  return { code, coverageId: coverage?.id ?? null, agreementId: coverage?.agreementId ?? null, judgement };
}

/** Returns whether a signed agreement is in force on a day: within its validity, and not terminated. */
function isInForce(agreement: DayInterval & Pick<AgreementFacts, 'terminatedOn'>, day: string): boolean {
  const ended = agreement.terminatedOn !== null && agreement.terminatedOn < day;
  return isWithin(day, agreement) && !ended;
}

/** Returns whether all parties have signed an agreement. */
function isSigned({ status }: Pick<AgreementFacts, 'status'>): boolean {
  return status === 'SIGNED' || status === 'EXPIRED' || status === 'TERMINATED';
}

/** Returns whether an agreement is signed and in force on a day. */
export function agreementHolds(
  agreement: DayInterval & Pick<AgreementFacts, 'status' | 'terminatedOn'>,
  day: string,
): boolean {
  return isSigned(agreement) && isInForce(agreement, day);
}

/** Returns the first reason why a coverage doesn't reach the subject on the day; null where it does. */
function failureOf(
  coverage: Coverage,
  agreement: AgreementFacts | undefined,
  subject: Subject,
  day: string,
): CoverageFailure | null {
  const { fromZoneId, toZoneId } = coverage;
  if (coverage.subject !== subject.kind) return 'SUBJECT_KIND_DIFFERS';
  if (!isWithin(day, coverage)) return 'COVERAGE_NOT_IN_FORCE';
  if (!agreement || !isSigned(agreement)) return 'AGREEMENT_NOT_SIGNED';
  if (![fromZoneId, toZoneId].every((zone) => agreement.partyZoneIds.includes(zone))) return 'AGREEMENT_NOT_SIGNED';
  return isInForce(agreement, day) ? null : 'AGREEMENT_NOT_IN_FORCE';
}

/** The ways by which a policy may reach subjects abroad. */
export interface Ways {
  /** The policy's coverages; others are ignored. */
  readonly coverages: readonly Coverage[];
  /** At least those of the coverages. */
  readonly agreements: readonly AgreementFacts[];
  /** Judges the conditions of a coverage by the subject's facts. */
  readonly judge: (rule: Rule) => Answer;
}

/**
 * Decides whether a policy applies to a subject on a day.
 * @param policy null where there is no such policy; `subject` likewise
 */
export function policyApplies(
  policy: PolicyFacts | null,
  subject: Subject | null,
  day: string,
  { coverages, agreements, judge }: Ways,
): PolicyApplication {
  const refused = (failed: readonly FailedReason[]) => ({ applies: false, via: null, chain: [], failed });
  if (!policy) return refused([fails('POLICY_NOT_FOUND')]);
  if (!subject) return refused([fails('SUBJECT_NOT_FOUND')]);
  if (!policy.validity.some((interval) => isWithin(day, interval))) return refused([fails('POLICY_NOT_IN_FORCE')]);
  if (policy.subject !== subject.kind) return refused([fails('SUBJECT_KIND_DIFFERS')]);
  if (subject.zoneIds.length === 0) return refused([fails('SUBJECT_NOT_RESIDENT')]);
  if (subject.zoneIds.some((zone) => policy.homeZoneIds.includes(zone))) {
    return { applies: true, via: 'OWN_ZONE', chain: [], failed: [] };
  }
  const candidates = coverages.filter(
    ({ policyId, fromZoneId, toZoneId }) =>
      policyId === policy.id && policy.homeZoneIds.includes(fromZoneId) && subject.zoneIds.includes(toZoneId),
  );
  if (candidates.length === 0) return refused([fails('NO_COVERAGE')]);
  const failed: FailedReason[] = [];
  for (const coverage of candidates) {
    const agreement = agreements.find(({ id }) => id === coverage.agreementId);
    const failure = failureOf(coverage, agreement, subject, day);
    const judgement = failure === null && coverage.rule !== null ? judge(coverage.rule) : null;
    if (failure !== null) failed.push(fails(failure, coverage));
    else if (judgement !== null && judgement.truth !== 'MET') failed.push(unmet(coverage, judgement));
    else return { applies: true, via: 'COVERAGE', chain: [linkOf(coverage, judgement)], failed };
  }
  return refused(failed);
}

function unmet(coverage: Coverage, judgement: Answer): FailedReason {
  return fails(judgement.truth === 'NOT_MET' ? 'CONDITION_NOT_MET' : 'CONDITION_UNKNOWN', coverage, judgement);
}

function linkOf({ id: coverageId, agreementId, fromZoneId, toZoneId }: Coverage, judgement: Answer | null): ChainLink {
  return { coverageId, agreementId, fromZoneId, toZoneId, judgement };
}

/** Reasons why a policy doesn't apply, as texts for people. */

export const INAPPLICABILITY: Readonly<Record<CoverageFailure, Localized>> = {
  POLICY_NOT_FOUND: {
    zh: '没有这项政策。',
    ja: 'この政策はありません。',
    en: 'There is no such policy.',
  },
  POLICY_NOT_IN_FORCE: {
    zh: '该政策当日未生效。',
    ja: 'その日、この政策は施行されていません。',
    en: 'The policy is not in force on that day.',
  },
  SUBJECT_NOT_FOUND: {
    zh: '没有这一对象。',
    ja: 'この対象はありません。',
    en: 'There is no such subject.',
  },
  SUBJECT_NOT_RESIDENT: {
    zh: '该对象当日未入驻任何功能区。',
    ja: 'その日、この対象はどの区域にも入居していません。',
    en: 'The subject resides in no zone on that day.',
  },
  SUBJECT_KIND_DIFFERS: {
    zh: '该政策或覆盖不适用于此类对象。',
    ja: 'この政策または適用は、この種類の対象向けではありません。',
    en: 'The policy or the coverage is for another kind of subject.',
  },
  NO_COVERAGE: {
    zh: '政策所属区域与该对象所在功能区之间没有交叉覆盖。',
    ja: '政策の区域から対象の区域へのクロスカバーがありません。',
    en: "No coverage leads from the policy's zones to a zone of the subject.",
  },
  COVERAGE_NOT_IN_FORCE: {
    zh: '该交叉覆盖当日未生效。',
    ja: 'その日、このクロスカバーは有効ではありません。',
    en: 'The coverage is not in force on that day.',
  },
  AGREEMENT_NOT_SIGNED: {
    zh: '所依据的协议尚未由双方签署。',
    ja: '根拠となる協定に双方が署名していません。',
    en: 'The agreement that it rests on is not signed by both zones.',
  },
  AGREEMENT_NOT_IN_FORCE: {
    zh: '所依据的协议当日未生效。',
    ja: 'その日、根拠となる協定は有効ではありません。',
    en: 'The agreement that it rests on is not in force on that day.',
  },
  CONDITION_NOT_MET: {
    zh: '该对象不符合交叉覆盖的条件。',
    ja: '対象がクロスカバーの条件を満たしていません。',
    en: 'The subject does not meet the conditions of the coverage.',
  },
  CONDITION_UNKNOWN: {
    zh: '缺少事实，尚不能判断是否符合交叉覆盖的条件。',
    ja: '事実が不足しており、クロスカバーの条件を満たすかどうか判断できません。',
    en: 'Facts are missing, so it is not known whether the subject meets the conditions of the coverage.',
  },
  TERMS_NOT_MET: {
    zh: '该对象不符合政策的条件。',
    ja: '対象が政策の要件を満たしていません。',
    en: 'The subject does not meet the terms of the policy.',
  },
  TERMS_UNKNOWN: {
    zh: '缺少事实，尚不能判断是否符合政策的条件。',
    ja: '事実が不足しており、政策の要件を満たすかどうか判断できません。',
    en: 'Facts are missing, so it is not known whether the subject meets the terms of the policy.',
  },
  TERMS_NOT_RECORDED: {
    zh: '该政策的条件尚未录入。',
    ja: 'この政策の要件はまだ登録されていません。',
    en: 'The terms of the policy are not recorded.',
  },
};
