/** The terms of a policy version: who may have it. */
import type { SubjectKind } from '../linkages/coverage.ts';
import { type RecordRefusal, unless } from '../records/record.ts';
import { checkRule, type SampleCase } from '../rules/check.ts';
import type { Rule } from '../rules/rule.ts';
import { FACTS_OF } from './facts.ts';

export interface PolicyTerms {
  /** Null for a policy that is open to every subject of its kind. */
  readonly rule: Rule | null;
  /** The cases that its publisher stated; empty without a rule. */
  readonly samples: readonly SampleCase[];
}

export const MAX_SAMPLES = 20;
/** Bytes of the terms of all versions of a policy, which are one item: DynamoDB's limit is 400 KB. */
const MAX_TERMS_BYTES = 150_000;

/** Refuses terms with faults. A rule needs sample cases, and terms without a rule have none. */
export function refuseTerms(
  { rule, samples }: PolicyTerms,
  { subject, clauses }: { readonly subject: SubjectKind; readonly clauses: number },
): readonly RecordRefusal[] {
  if (rule === null) {
    return unless(samples.length === 0, 'INVALID_VALUE', ['terms', 'samples'], 'Terms without a rule have no samples.');
  }
  if (samples.length > MAX_SAMPLES) {
    return unless(false, 'INVALID_VALUE', ['terms', 'samples'], `A rule has at most ${MAX_SAMPLES} sample cases.`);
  }
  const vocabulary = FACTS_OF[subject];
  return checkRule(rule, { samples, clauses, vocabulary }).map(({ code, message }) => ({
    code: 'INVALID_VALUE' as const,
    field: code.includes('SAMPLE') ? ['terms', 'samples'] : ['terms', 'rule'],
    message,
  }));
}

/** Refuses terms that would outgrow the policy's item. */
export function refuseTermsBytes(versions: readonly { readonly terms?: PolicyTerms }[]): readonly RecordRefusal[] {
  const bytes = versions.reduce((sum, { terms }) => sum + (terms ? Buffer.byteLength(JSON.stringify(terms)) : 0), 0);
  return unless(
    bytes <= MAX_TERMS_BYTES,
    'INVALID_VALUE',
    ['terms'],
    `The terms of all versions of a policy have at most ${MAX_TERMS_BYTES} bytes.`,
  );
}
