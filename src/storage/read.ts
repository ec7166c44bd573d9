import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ReadOptions } from './batch-read.ts';
import { ownWrites } from './own-writes.ts';
import { sendRead } from './send.ts';
import type { Table } from './table.ts';
import { type IndexDefinition, isStorable, type PrimaryKey } from './tables.ts';

/** One item, or null where there is none. */
export async function readItem<Item extends PrimaryKey>(
  table: Table,
  key: PrimaryKey,
  options: ReadOptions = {},
): Promise<Item | null> {
  if (!isStorable(key)) return null;
  const command = new GetCommand({
    TableName: table.name,
    Key: { pk: key.pk, sk: key.sk },
    ConsistentRead: options.consistent ?? ownWrites(table) > 0,
  });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return (answer.Item as Item | undefined) ?? null;
}

/** Items of one partition of the table or of an index, in the order of their sort keys. */
export interface KeyRange {
  /** The table itself where none is named. */
  readonly index?: IndexDefinition['name'];
  readonly partition: string;
  /** Sort keys that begin with a text, or that lie between two, both included; all of the partition where none is given. */
  readonly sort?: { readonly beginsWith: string } | { readonly from: string; readonly to: string };
  readonly backwards?: boolean;
  /** Whether what was written just now must be seen: for what a write is decided on. Not of an index. */
  readonly consistent?: boolean;
}

/** What a Query of a range says, without a limit. */
export function rangeInput(table: Table, { index, partition, sort, backwards, consistent }: KeyRange) {
  const condition = !sort ? '' : 'beginsWith' in sort ? ' AND begins_with(#sk, :a)' : ' AND #sk BETWEEN :a AND :b';
  return {
    TableName: table.name,
    ...(index === undefined ? {} : { IndexName: index }),
    KeyConditionExpression: `#pk = :pk${condition}`,
    ExpressionAttributeNames: { '#pk': `${index ?? ''}pk`, ...(sort ? { '#sk': `${index ?? ''}sk` } : {}) },
    ExpressionAttributeValues: {
      ':pk': partition,
      ...(!sort ? {} : 'beginsWith' in sort ? { ':a': sort.beginsWith } : { ':a': sort.from, ':b': sort.to }),
    },
    // Of an index there are no consistent reads.
    ConsistentRead: index === undefined && (consistent ?? ownWrites(table) > 0),
    ScanIndexForward: !backwards,
  };
}

/** All items of a range that the caller knows to be small, e.g. the days of a year: one Query for each megabyte. */
export async function readRange<Item>(table: Table, range: KeyRange): Promise<Item[]> {
  if (!isStorable({ pk: range.partition })) return [];
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...rangeInput(table, range),
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    items.push(...((answer.Items ?? []) as Item[]));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}
