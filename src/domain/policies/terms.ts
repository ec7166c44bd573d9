/** The terms of a policy version: who may have it. */
import type { SubjectKind } from '../linkages/coverage.ts';
import { type RecordRefusal, unless } from '../records/record.ts';
import { checkTerms, type SampleCase } from '../rules/check.ts';
import type { Rule } from '../rules/rule.ts';
import { FACTS_OF } from './facts.ts';

export interface PolicyTerms {
  /** Null for a policy that is open to every subject of its kind. */
  readonly rule: Rule | null;
  /** The cases that its publisher stated; empty without a rule. */
  readonly samples: readonly SampleCase[];
}

/** Bytes of the terms of all versions of a policy, which are one item: DynamoDB's limit is 400 KB. */
const MAX_TERMS_BYTES = 150_000;

/** Refuses terms with faults. */
export function refuseTerms(
  { rule, samples }: PolicyTerms,
  { subject, clauses }: { readonly subject: SubjectKind; readonly clauses: number },
): readonly RecordRefusal[] {
  return checkTerms(rule, { samples, clauses, vocabulary: FACTS_OF[subject] }).map(({ field, message }) => ({
    code: 'INVALID_VALUE',
    field: ['terms', field],
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
