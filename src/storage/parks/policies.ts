import { itemLoader, keyLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { KeyRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { parkIndexes, parkKeys } from '../tables.ts';
import type { PolicyClausesItem, PolicyItem } from './items.ts';
import { type PolicyChoice, readPoliciesInForce } from './policies-in-force.ts';

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
