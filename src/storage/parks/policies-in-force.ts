import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SubjectKind } from '../../domain/linkages/coverage.ts';
import { bucketsOfDay, OPEN_END } from '../../domain/policies/policy-version.ts';
import type { Loader } from '../dynamodb/loader.ts';
import { checkFirst, type Page, type PageRequest } from '../dynamodb/page.ts';
import { type KeyRange, rangeInput } from '../dynamodb/read.ts';
import { sendRead } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { type PrimaryKey, parkIndexes, parkKeys } from '../tables.ts';
import type { PolicyInForceItem, PolicyItem } from './items.ts';

/** Which policies: all, an issuer's, or those for one kind of subject. */
export type PolicyChoice =
  | { readonly by: 'ALL' }
  | { readonly by: 'ISSUER'; readonly issuer: string }
  | { readonly by: 'SUBJECT'; readonly subject: SubjectKind };

/**
 * The policies in force on a day, newest first. What is in force on the day stands in the buckets of its year, its month
 * and itself, each for as long as it fills them, or without an end: four Queries whose results together are exact, so no
 * filter ever shortens a page. Each is as long as the page at most; they are merged, and one BatchGet brings the policies.
 */
export async function readPoliciesInForce(
  table: Table,
  choice: PolicyChoice,
  on: string,
  { first, after }: PageRequest,
  policies: Loader<string, PolicyItem | null>,
): Promise<Page<PolicyItem>> {
  checkFirst(first);
  const binding = { field: 'Query.policies', arguments: { ...choice, on }, owner: table.owner };
  const last = after == null ? undefined : table.cursors.read(binding, after).order;
  const ranges = [OPEN_END, ...bucketsOfDay(on)].map((bucket) => rangeOf(choice, bucket, last ?? behind(on)));
  const found = await Promise.all(ranges.map((range) => readNewest(table, range, first + 2)));
  const entries = found
    .flat()
    .filter((entry) => orderOf(entry) !== last)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  const shown = entries.slice(0, first);
  const loaded = await policies.loadMany(shown.map(({ policyId }) => policyId));
  const nodes = loaded.flatMap((policy, i) => {
    const entry = shown[i];
    return policy && entry ? [{ policy, order: orderOf(entry) }] : [];
  });
  return {
    nodes: nodes.map(({ policy }) => policy),
    hasNextPage: entries.length > first,
    cursorAt: (i) => {
      const node = nodes[i];
      if (!node) throw new RangeError(`the page has no node ${i}`);
      return table.cursors.write(binding, { order: node.order });
    },
  };
}

/** The entries of every bucket and index are in the order of the table's own sort key. */
const orderOf = ({ sk }: PrimaryKey) => sk;

/** Sorts behind all entries that begin with the day or an earlier one. */
const behind = (day: string) => `${day}$`;

function rangeOf(choice: PolicyChoice, bucket: string, to: string): KeyRange {
  const sort = { from: '0', to };
  switch (choice.by) {
    case 'ALL':
      return { partition: parkKeys.inForce(bucket, '', '').pk, sort, backwards: true };
    case 'ISSUER': {
      const { gsi2pk } = parkIndexes.inForceOfIssuer(choice.issuer, bucket, '', '');
      return { index: 'gsi2', partition: gsi2pk, sort, backwards: true };
    }
    case 'SUBJECT': {
      const { gsi3pk } = parkIndexes.inForceForSubject(choice.subject, bucket, '', '');
      return { index: 'gsi3', partition: gsi3pk, sort, backwards: true };
    }
  }
}

async function readNewest(table: Table, range: KeyRange, limit: number): Promise<PolicyInForceItem[]> {
  const command = new QueryCommand({ ...rangeInput(table, range), Limit: limit });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return (answer.Items ?? []) as PolicyInForceItem[];
}
