import type { SubjectKind } from '../../domain/linkages/coverage.ts';
import { bucketsOfDay, OPEN_END } from '../../domain/policies/policy-version.ts';
import { QueryCommand } from '../dynamodb/client/dynamo.ts';
import type { Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, pageOf, sliceOf } from '../dynamodb/page.ts';
import { type KeyRange, rangeInput } from '../dynamodb/read.ts';
import { sendRead } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { type PrimaryKey, parkIndexes, parkKeys } from '../tables.ts';
import type { PolicyInForceItem, PolicyItem } from './items.ts';

/** A choice of policies: all, an issuer's, or those for one kind of subject. */
export type PolicyChoice =
  | { readonly by: 'ALL' }
  | { readonly by: 'ISSUER'; readonly issuer: string }
  | { readonly by: 'SUBJECT'; readonly subject: SubjectKind };

/**
 * Reads the policies in force on a day, newest first. Their entries are in the buckets of the day's year, its month and
 * the day itself, or without an end. Four Queries are exact together, so that no filter shortens a page. Each reads at
 * most one page; they are merged, and one BatchGet reads the policies.
 */
export async function readPoliciesInForce(
  table: Table,
  choice: PolicyChoice,
  on: string,
  page: PageRequest,
  policies: Loader<string, PolicyItem | null>,
): Promise<Page<PolicyItem>> {
  const slice = sliceOf(page);
  const { size, isBackward, cursor } = slice;
  const binding = { field: 'Query.policies', arguments: { ...choice, on }, owner: table.owner };
  const from = cursor === null ? null : (table.cursors.read(binding, cursor).order ?? null);
  const read = (isOldestFirst: boolean, edge: string | null, limit: number) =>
    readInForce(table, choice, on, { isOldestFirst, edge, limit });
  const entries = await read(isBackward, from, size + 1);
  const shown = entries.slice(0, size);
  const loaded = await policies.loadMany(shown.map(({ policyId }) => policyId));
  const found = loaded.flatMap((policy, i) => {
    const entry = shown[i];
    return policy && entry ? [{ policy, order: orderOf(entry) }] : [];
  });
  return pageOf(
    {
      slice,
      entries: found,
      hasMore: entries.length > size,
      hasPassed: async () => (await read(!isBackward, found[0]?.order ?? null, 1)).length > 0,
    },
    ({ policy }) => policy,
    ({ order }) => table.cursors.write(binding, { order }),
  );
}

interface InForceRead {
  readonly isOldestFirst: boolean;
  /** The entry after which to begin; null for an end of the list. */
  readonly edge: string | null;
  readonly limit: number;
}

/** Reads entries of all buckets of a day in one order: four Queries. */
async function readInForce(
  table: Table,
  choice: PolicyChoice,
  on: string,
  { isOldestFirst, edge, limit }: InForceRead,
): Promise<PolicyInForceItem[]> {
  const sort = isOldestFirst ? { from: edge ?? '0', to: behind(on) } : { from: '0', to: edge ?? behind(on) };
  const ranges = [OPEN_END, ...bucketsOfDay(on)].map(
    (bucket): KeyRange => ({ ...bucketOf(choice, bucket), sort, backwards: !isOldestFirst }),
  );
  // The entry of the edge is in each range that contains it.
  const found = await Promise.all(ranges.map((range) => readBucket(table, range, limit + 1)));
  return found
    .flat()
    .filter((entry) => orderOf(entry) !== edge)
    .sort((a, b) => (orderOf(a) < orderOf(b) === isOldestFirst ? -1 : 1))
    .slice(0, limit);
}

/** The entries of every bucket and index are in the order of the table's own sort key. */
const orderOf = ({ sk }: PrimaryKey) => sk;

/** Returns a key that sorts after all entries of the day and of earlier days. */
const behind = (day: string) => `${day}$`;

function bucketOf(choice: PolicyChoice, bucket: string): Pick<KeyRange, 'index' | 'partition'> {
  switch (choice.by) {
    case 'ALL':
      return { partition: parkKeys.inForce(bucket, '', '').pk };
    case 'ISSUER':
      return { index: 'gsi2', partition: parkIndexes.inForceOfIssuer(choice.issuer, bucket, '', '').gsi2pk };
    case 'SUBJECT':
      return { index: 'gsi3', partition: parkIndexes.inForceForSubject(choice.subject, bucket, '', '').gsi3pk };
  }
}

async function readBucket(table: Table, range: KeyRange, limit: number): Promise<PolicyInForceItem[]> {
  const command = new QueryCommand({ ...rangeInput(table, range), Limit: limit });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return (answer.Items ?? []) as PolicyInForceItem[];
}
