import type { PolicyPublication } from '../../domain/policies/publishing.ts';
import { itemLoader, keyLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { KeyRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { isNew, put, remove, type Write } from '../dynamodb/write.ts';
import { parkIndexes, parkKeys } from '../tables.ts';
import {
  type PolicyClausesItem,
  type PolicyInForceItem,
  type PolicyItem,
  policyClausesItem,
  policyInForceItems,
  policyItem,
} from './items.ts';
import { type PolicyChoice, readPoliciesInForce } from './policies-in-force.ts';
import type { RecordKind } from './records.ts';

export interface VersionName {
  readonly policyId: string;
  readonly number: number;
}

export interface Policies {
  readonly byId: Loader<string, PolicyItem | null>;
  /** Loads the clauses of versions; null where none are stored. */
  readonly clausesOf: Loader<VersionName, PolicyClausesItem | null>;
  /** Lists policies by the first day of their newest version, newest first. */
  list(choice: PolicyChoice, page: PageRequest): Promise<Page<PolicyItem>>;
  /** Lists the policies in force on a day by the first day of that version, newest first. */
  listInForce(choice: PolicyChoice, on: string, page: PageRequest): Promise<Page<PolicyItem>>;
}

export function openPolicies(table: Table): Policies {
  const byId = itemLoader<PolicyItem>(table, 'policy', parkKeys.policy);
  return {
    byId,
    clausesOf: keyLoader<VersionName, PolicyClausesItem>(table, ({ policyId, number }) =>
      parkKeys.clauses(policyId, number),
    ),
    list: (choice, page) =>
      readPage<PolicyItem, PolicyItem>(table, page, {
        range: { ...rangeOf(choice), backwards: true },
        binding: { field: 'Query.policies', arguments: choice },
        nodes: (policies) => policies,
      }),
    listInForce: (choice, on, page) => readPoliciesInForce(table, choice, on, page, byId),
  };
}

function rangeOf(choice: PolicyChoice): KeyRange {
  switch (choice.by) {
    case 'ALL':
      return { index: 'gsi1', partition: parkIndexes.policies('').gsi1pk };
    case 'ISSUER':
      return { index: 'gsi2', partition: parkIndexes.policiesOfIssuer(choice.issuer, '').gsi2pk };
    case 'SUBJECT':
      return { index: 'gsi3', partition: parkIndexes.policiesForSubject(choice.subject, '').gsi3pk };
  }
}

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
