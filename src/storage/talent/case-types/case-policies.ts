/** Copies of policies whose subjects are persons: case types rest on them. */
import type { CopiedPolicy } from '../../../domain/policies/policy-version.ts';
import { itemLoader, type Loader } from '../../dynamodb/loader.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { missingOrLess, put } from '../../dynamodb/write.ts';
import { policyFactsOf } from '../../linkages/facts-of.ts';
import type { PolicyItem } from '../../parks/items.ts';
import { talentKeys } from '../../tables/talent.ts';

export type CasePolicyItem = ReturnType<typeof casePolicyItem>;
export function casePolicyItem(policy: CopiedPolicy) {
  return { ...policy, ...talentKeys.casePolicy(policy.policyId), type: 'CasePolicy' as const };
}

/** Returns the copy of a policy; none of one whose subjects are no persons. */
export function casePolicyItems(policy: PolicyItem): readonly CasePolicyItem[] {
  const { subject, ...copied } = policyFactsOf(policy);
  return subject === 'PERSON' ? [casePolicyItem(copied)] : [];
}

/** Copies policies. One that isn't newer than the copy changes nothing, so a stream's record may come twice or late. */
export async function copyCasePolicies(table: Table, policies: readonly PolicyItem[]): Promise<void> {
  for (const policy of policies) {
    await transactGroups<'NEWER_COPIED'>(
      table,
      casePolicyItems(policy).map((item) => [
        put(item, { when: missingOrLess('sourceVersion', item.sourceVersion), otherwise: 'NEWER_COPIED' }),
      ]),
    );
  }
}

export const openCasePolicies = (table: Table): Loader<string, CasePolicyItem | null> =>
  itemLoader<CasePolicyItem>(table, 'policy', talentKeys.casePolicy);
