/** The whole decision on a policy and a subject: where the policy reaches, and whether the subject meets its terms. */
import type { Answer } from '../rules/answer.ts';
import type { Truth } from '../rules/evaluate.ts';
import type { Rule } from '../rules/rule.ts';
import type { CoverageFailure, FailedReason, PolicyApplication } from './coverage.ts';

export interface JudgedApplication extends PolicyApplication {
  readonly truth: Truth;
  /** The judgement of the policy's terms; null where they were not judged. */
  readonly judgement: Answer | null;
}

const failed = (code: CoverageFailure): FailedReason => ({
  code,
  coverageId: null,
  agreementId: null,
  judgement: null,
});

/**
 * Judges the terms of a policy where it reaches its subject, at home as by a coverage, or where only the conditions of a
 * coverage are not known to be met.
 * @param rule the terms of the version in force; null where it is open to all, undefined where none are recorded
 */
export function judgeApplication(
  reach: PolicyApplication,
  rule: Rule | null | undefined,
  judge: (rule: Rule) => Answer,
): JudgedApplication {
  const isOpen = !reach.applies && reach.failed.some(({ code }) => code === 'CONDITION_UNKNOWN');
  if (!reach.applies && !isOpen) return { ...reach, truth: 'NOT_MET', judgement: null };
  if (!rule) return withoutTerms(reach, rule);
  const judgement = judge(rule);
  const { truth } = judgement;
  if (truth === 'NOT_MET') return { ...reach, applies: false, failed: [failed('TERMS_NOT_MET')], truth, judgement };
  if (isOpen) return { ...reach, truth: 'UNKNOWN', judgement };
  if (truth === 'MET') return { ...reach, truth, judgement };
  return { ...reach, applies: false, failed: [failed('TERMS_UNKNOWN')], truth, judgement };
}

function withoutTerms(reach: PolicyApplication, rule: null | undefined): JudgedApplication {
  if (!reach.applies) return { ...reach, truth: 'UNKNOWN', judgement: null };
  if (rule === null) return { ...reach, truth: 'MET', judgement: null };
  return { ...reach, applies: false, failed: [failed('TERMS_NOT_RECORDED')], truth: 'UNKNOWN', judgement: null };
}
