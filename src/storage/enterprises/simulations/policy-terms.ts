/** Copies of policies' terms, by which drafts are compared with the version in force. They follow the stream of parks. */
import { makeId } from '../../../domain/ids.ts';
import type { PolicyFacts } from '../../../domain/policies/policy.ts';
import { inForceIntervals } from '../../../domain/policies/policy-version.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { missingOrLess, put } from '../../dynamodb/write.ts';
import { enterpriseKeys } from '../../tables.ts';

export type PolicyTermsItem = ReturnType<typeof policyTermsItem>;
export function policyTermsItem({ code, homeZoneIds, subject, versions, version }: PolicyFacts) {
  const policyId = makeId('policy', code);
  return {
    ...enterpriseKeys.policyTerms(policyId),
    type: 'PolicyTerms' as const,
    policyId,
    homeZoneIds,
    subject,
    /** The intervals in which versions with recorded terms are in force. */
    inForce: inForceIntervals(versions).flatMap((interval) => {
      const terms = versions.find(({ number }) => number === interval.number)?.terms;
      return terms ? [{ ...interval, rule: terms.rule }] : [];
    }),
    sourceVersion: version,
  };
}

/** Returns whether a policy has a copy: one for enterprises that has recorded terms. */
export function hasPolicyTerms({ subject, versions }: PolicyFacts): boolean {
  return subject === 'ENTERPRISE' && versions.some(({ terms }) => terms !== undefined);
}

/** Copies policies for enterprises. One that isn't newer than the copy changes nothing, so that a record may come twice. */
export async function copyPolicyTerms(table: Table, policies: readonly PolicyFacts[]): Promise<void> {
  const newest = new Map<string, PolicyFacts>();
  for (const policy of policies) {
    const known = newest.get(policy.code);
    if (hasPolicyTerms(policy) && (!known || known.version < policy.version)) newest.set(policy.code, policy);
  }
  await transactGroups<'NEWER_COPIED'>(
    table,
    Array.from(newest.values(), (policy) => [
      put<'NEWER_COPIED'>(policyTermsItem(policy), {
        when: missingOrLess('sourceVersion', policy.version),
        otherwise: 'NEWER_COPIED',
      }),
    ]),
  );
}
