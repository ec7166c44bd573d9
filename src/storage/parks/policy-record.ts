import type { PolicyPublication } from '../../domain/policies/publishing.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { isNew, put, remove, type Write } from '../dynamodb/write.ts';
import { parkKeys } from '../tables.ts';
import { type PolicyInForceItem, type PolicyItem, policyClausesItem, policyInForceItems, policyItem } from './items.ts';
import type { RecordKind } from './records.ts';

/** Policies as records: with each version its clauses, which are new, and the entries of the days that it is in force. */
export const POLICY_RECORDS: RecordKind<PolicyPublication, PolicyItem> = {
  keyOf: parkKeys.policy,
  itemOf: ({ policy }) => policyItem(policy),
  historyOf: ({ policy, clauses }) => ({ ...policy, ...(clauses && { published: clauses.number }) }),
  derived: (before, after, { clauses }) => [
    ...(clauses
      ? [put<Stale>(policyClausesItem(after.id, clauses.number, clauses.list), { when: isNew, otherwise: STALE })]
      : []),
    ...inForceWrites(before ? policyInForceItems(before) : [], policyInForceItems(after)),
  ],
};

/** Returns the writes that turn the entries before into those after. The policy's condition guards them. */
function inForceWrites(before: readonly PolicyInForceItem[], after: readonly PolicyInForceItem[]): Write<Stale>[] {
  const keyOf = ({ pk, sk }: PolicyInForceItem) => `${pk} ${sk}`;
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const kept = new Set(after.map(keyOf));
  return [
    ...before.filter((item) => !kept.has(keyOf(item))).map((item) => remove<Stale>(item)),
    ...after.filter((item) => old.get(keyOf(item))?.number !== item.number).map((item) => put<Stale>(item)),
  ];
}
