/** The whole decision on a policy and a subject: where the policy reaches, and whether the subject meets its terms. */
import { FACTS_OF } from '../policies/facts.ts';
import { type Answer, answerTo, type SourcedFacts } from '../rules/answer.ts';
import type { Truth } from '../rules/evaluate.ts';
import type { Rule } from '../rules/rule.ts';
import type { FailedReason, PolicyApplication, Subject } from './coverage.ts';

export interface JudgedApplication extends PolicyApplication {
  readonly truth: Truth;
  /** The judgement of the policy's terms; null where they were not judged. */
  readonly judgement: Answer | null;
}

const failed = (code: FailedReason['code']): FailedReason => ({ code, coverageId: null, agreementId: null });

/**
 * Judges the terms of a policy where it reaches its subject, at home as by a coverage.
 * @param rule the terms of the version in force; null where it is open to all, undefined where none are recorded
 */
export function judgeApplication(
  reach: PolicyApplication,
  rule: Rule | null | undefined,
  facts: SourcedFacts,
  { kind, day }: { readonly kind: Subject['kind']; readonly day: string },
): JudgedApplication {
  if (!reach.applies) return { ...reach, truth: 'NOT_MET', judgement: null };
  if (rule === null) return { ...reach, truth: 'MET', judgement: null };
  if (rule === undefined) {
    return { ...reach, applies: false, failed: [failed('TERMS_NOT_RECORDED')], truth: 'UNKNOWN', judgement: null };
  }
  const judgement = answerTo(rule, facts, day, FACTS_OF[kind]);
  const { truth } = judgement;
  if (truth === 'MET') return { ...reach, truth, judgement };
  const code = truth === 'NOT_MET' ? 'TERMS_NOT_MET' : 'TERMS_UNKNOWN';
  return { ...reach, applies: false, failed: [failed(code)], truth, judgement };
}
