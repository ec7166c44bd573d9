import type { QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { type IndexDefinition, isStorable, type PrimaryKey } from '../tables.ts';
import type { ReadOptions } from './batch.ts';
import { GetCommand, QueryCommand, ScanCommand } from './client/dynamo.ts';
import { keptOf, ownWrites, sendRead } from './send.ts';
import type { Table } from './table.ts';

/** Reads one item; null where there is none. */
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

/** A range of items in one partition of the table or of an index, in the order of their sort keys. */
export interface KeyRange {
  /** The table itself where absent. */
  readonly index?: IndexDefinition['name'];
  readonly partition: string;
  /** Sort keys with a prefix, or between two, both included; the whole partition where absent. */
  readonly sort?: { readonly beginsWith: string } | { readonly from: string; readonly to: string };
  readonly backwards?: boolean;
  /** A consistent read, for reads that a write is decided on. Not available for an index. */
  readonly consistent?: boolean;
}

/** Returns the Query input of a range, without a limit. */
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
    // DynamoDB has no consistent reads of an index.
    ConsistentRead: index === undefined && (consistent ?? ownWrites(table) > 0),
    ScanIndexForward: !backwards,
  };
}

/** Sends a Query, or returns what this process keeps of its answer. */
export function sendQuery(table: Table, command: QueryCommand): Promise<QueryCommandOutput> {
  const send = () => sendRead(table, (options) => table.dynamo.send(command, options));
  const kept = command.input.ConsistentRead ? undefined : keptOf(table);
  return kept ? kept.answer(command.input, send) : send();
}

/**
 * Reads all items of a range that the caller knows to be small, e.g. the days of a year. Takes one Query for each
 * megabyte.
 */
export async function readRange<Item>(table: Table, range: KeyRange): Promise<Item[]> {
  if (!isStorable({ pk: range.partition })) return [];
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...rangeInput(table, range),
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendQuery(table, command);
    items.push(...((answer.Items ?? []) as Item[]));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

/** Counts the items of a range, as far as a limit. Reads no attribute. */
export async function countRange(table: Table, range: KeyRange, limit: number): Promise<number> {
  if (!isStorable({ pk: range.partition })) return 0;
  let count = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...rangeInput(table, range),
      Select: 'COUNT',
      Limit: limit - count,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    count += answer.Count ?? 0;
    from = answer.LastEvaluatedKey;
  } while (from !== undefined && count < limit);
  return count;
}

/**
 * Returns the first item of a range that passes a test; null where none does.
 * @param itemsAQuery items that one Query reads
 */
export async function readFirst<Item>(
  table: Table,
  range: KeyRange,
  itemsAQuery: number,
  isFound: (item: Item) => boolean,
): Promise<Item | null> {
  if (!isStorable({ pk: range.partition })) return null;
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...rangeInput(table, range),
      Limit: itemsAQuery,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    const found = ((answer.Items ?? []) as Item[]).find(isFound);
    if (found) return found;
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return null;
}

/** Less than DynamoDB's megabyte, so that the time of one page doesn't depend on the table's size. */
export const ITEMS_A_PAGE = 2_000;

export interface ScannedPage<Item> {
  readonly items: Item[];
  /** Items of any type that were read. */
  readonly scanned: number;
  /** The last key that was read; undefined where the pass is complete. */
  readonly after: PrimaryKey | undefined;
}

/** Scans one page of a table for items of some types, with a consistent read. */
export async function scanPage<Item extends { readonly type: string }>(
  table: Table,
  types: readonly Item['type'][],
  { after, itemsAPage = ITEMS_A_PAGE }: { readonly after?: PrimaryKey | undefined; readonly itemsAPage?: number } = {},
): Promise<ScannedPage<Item>> {
  const values = Object.fromEntries(types.map((type, i) => [`:${i}`, type]));
  const command = new ScanCommand({
    TableName: table.name,
    ConsistentRead: true,
    Limit: itemsAPage,
    FilterExpression: `#type IN (${Object.keys(values).join(', ')})`,
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: values,
    ...(after && { ExclusiveStartKey: { ...after } }),
  });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  const { Items = [], ScannedCount = 0, LastEvaluatedKey } = answer;
  return { items: Items as Item[], scanned: ScannedCount, after: LastEvaluatedKey as PrimaryKey | undefined };
}

/** Scans all items of some types in a table, with consistent reads. For commands, never for requests. */
export async function* scanPages<Item extends { readonly type: string }>(
  table: Table,
  types: readonly Item['type'][],
): AsyncGenerator<Item[]> {
  let after: PrimaryKey | undefined;
  do {
    const page: ScannedPage<Item> = await scanPage<Item>(table, types, { after });
    yield page.items;
    after = page.after;
  } while (after !== undefined);
}
