import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LookContent } from '../../domain/look-chain.ts';
import { batchRead } from '../batch-read.ts';
import { checkFirst, type Page, type PageRequest } from '../page.ts';
import { type KeyRange, rangeInput, readItem } from '../read.ts';
import { sendRead } from '../send.ts';
import type { Table } from '../table.ts';
import { chainKeys, LOOK_PARTITIONS } from '../tables.ts';
import { toldBy } from './chain-looks.ts';
import type { ChainedLookItem, LookItem, PersonChainItem } from './look-items.ts';

/** One request that showed somebody's data to another. */
export interface DataAccess {
  /** The look's id. */
  readonly look: string;
  readonly at: string;
  readonly content: LookContent;
  /** Its place in the person's chain; null while it waits for one. */
  readonly sequence: number | null;
}

/**
 * Who looked at a person's data, newest first: what is chained, and what still waits. Looks wait for a moment only, so few
 * do, and all of them are read: one Query for each of their partitions. Then one for the person's chain, after those, so
 * that a look that moves meanwhile is seen in one place or in both, where it is shown once.
 */
export async function readDataAccess(
  table: Table,
  person: string,
  { first, after }: PageRequest,
): Promise<Page<DataAccess>> {
  checkFirst(first);
  const binding = { field: 'Query.myDataAccess', arguments: {}, owner: table.owner };
  const before = after == null ? undefined : table.cursors.read(binding, after).order;
  const [named, ...waiting] = await Promise.all([
    readItem<PersonChainItem>(table, chainKeys.ofPerson(person), { consistent: true }),
    ...LOOK_PARTITIONS.map((partition) => readWaiting(table, partition, person)),
  ]);
  const chain = named ?? (await readItem<PersonChainItem>(table, chainKeys.ofPerson(person), { consistent: true }));
  const chained = chain ? await readChained(table, chain.chain, first + 1, before) : [];
  const fresh = await unchained(table, chain?.chain ?? null, waiting.flat());
  const entries = [...fresh, ...chained]
    .filter((entry) => before === undefined || orderOf(entry) < before)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  const nodes = entries.slice(0, first);
  return {
    nodes,
    hasNextPage: entries.length > first,
    cursorAt: (i) => {
      const node = nodes[i];
      if (!node) throw new RangeError(`the page has no node ${i}`);
      return table.cursors.write(binding, { order: orderOf(node) });
    },
  };
}

const orderOf = ({ at, look }: Pick<DataAccess, 'at' | 'look'>) => `${at}#${look}`;

/** Those of a partition that showed the person's data. */
async function readWaiting(table: Table, partition: string, person: string): Promise<DataAccess[]> {
  const looks: LookItem[] = [];
  const input = rangeInput(table, { partition });
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...input,
      ConsistentRead: true,
      FilterExpression: 'contains(#subjects, :person)',
      ExpressionAttributeNames: { ...input.ExpressionAttributeNames, '#subjects': 'subjects' },
      ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ':person': person },
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    looks.push(...((answer.Items ?? []) as LookItem[]));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return looks.flatMap((look) =>
    toldBy(look).flatMap((told) =>
      told.person === person ? [{ look: told.look, at: told.at, content: told.content, sequence: null }] : [],
    ),
  );
}

/** Those that aren't in the chain, of what was still waiting a moment ago. */
async function unchained(table: Table, chain: string | null, waiting: readonly DataAccess[]): Promise<DataAccess[]> {
  if (chain === null || waiting.length === 0) return [...waiting];
  const keys = waiting.map(({ at, look }) => chainKeys.look(chain, at, look));
  const found = await batchRead<ChainedLookItem>(table, keys, { consistent: true });
  return waiting.filter((_, i) => !found[i]);
}

async function readChained(
  table: Table,
  chain: string,
  limit: number,
  before: string | undefined,
): Promise<DataAccess[]> {
  const { pk, sk: beginsWith } = chainKeys.look(chain, '', '');
  const prefix = beginsWith.slice(0, -1);
  const sort = before === undefined ? { beginsWith: prefix } : { from: prefix, to: `${prefix}${before}` };
  const range: KeyRange = { partition: pk, sort, backwards: true };
  // The one that the page before ended with is in the range.
  const command = new QueryCommand({ ...rangeInput(table, range), ConsistentRead: true, Limit: limit + 1 });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return ((answer.Items ?? []) as ChainedLookItem[]).flatMap(({ at, look, sequence, told }) =>
    told ? [{ at, look, sequence, content: told.content }] : [],
  );
}
