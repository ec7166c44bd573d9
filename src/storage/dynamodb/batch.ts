import type { BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { isStorable, type PrimaryKey } from '../tables.ts';
import { backOff } from './backoff.ts';
import { BatchGetCommand, BatchWriteCommand } from './client/dynamo.ts';
import { ownWrites, sendRead, sendWrite, storeUnavailable } from './send.ts';
import type { Table } from './table.ts';

/** DynamoDB's limit of keys per call. */
const MAX_KEYS = 100;
/** Concurrent calls of one batch. */
const MAX_CONCURRENT_CALLS = 4;

const textOf = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;

export interface ReadOptions {
  /** A consistent read, for reads that a write is decided on, and after the request's own writes. */
  readonly consistent?: boolean;
  /** The attributes that are read, the key's among them. Default: all. */
  readonly attributes?: readonly string[] | undefined;
}

/**
 * Reads items by key: one call for each 100 different keys. Unprocessed keys are requested again, with jitter, until
 * the deadline.
 * @returns one for each key, in their order; null where there is none
 * @throws CodedError STORE_UNAVAILABLE where keys are still unprocessed at the deadline; DEADLINE_EXCEEDED
 */
export async function batchRead<Item extends PrimaryKey>(
  table: Table,
  keys: readonly PrimaryKey[],
  options: ReadOptions = {},
): Promise<(Item | null)[]> {
  const distinct = [
    ...new Map(keys.filter(isStorable).map((key) => [textOf(key), { pk: key.pk, sk: key.sk }])).values(),
  ];
  const chunks = Array.from({ length: Math.ceil(distinct.length / MAX_KEYS) }, (_, i) =>
    distinct.slice(i * MAX_KEYS, (i + 1) * MAX_KEYS),
  );
  const found = new Map<string, Item>();
  const worker = async () => {
    for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
      for (const item of await readChunk<Item>(table, chunk, options)) found.set(textOf(item), item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_CALLS, chunks.length) }, worker));
  return keys.map((key) => found.get(textOf(key)) ?? null);
}

async function readChunk<Item>(table: Table, keys: readonly PrimaryKey[], options: ReadOptions): Promise<Item[]> {
  const items: Item[] = [];
  const ConsistentRead = options.consistent ?? ownWrites(table) > 0;
  const projection = options.attributes && projectionOf(options.attributes);
  let rest: readonly object[] = keys;
  for (let attempt = 0; ; attempt++) {
    const command = new BatchGetCommand({
      RequestItems: { [table.name]: { Keys: [...rest], ConsistentRead, ...projection } },
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    items.push(...((answer.Responses?.[table.name] ?? []) as Item[]));
    rest = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (rest.length === 0) return items;
    if (!(await backOff(table, attempt))) {
      throw storeUnavailable(ownWrites(table) > 0);
    }
  }
}

/** Returns the projection of attributes, by placeholders: some names are reserved words. */
function projectionOf(attributes: readonly string[]) {
  return {
    ProjectionExpression: attributes.map((_, i) => `#${i}`).join(),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name, i) => [`#${i}`, name])),
  };
}

/** DynamoDB's limit of items per call. */
export const MAX_ITEMS_A_WRITE = 25;

/**
 * Puts items without conditions: for loading data, not for mutations. Unprocessed items are sent again, with jitter,
 * until the deadline.
 * @param items at most 25, each with a key of its own
 * @throws CodedError STORE_UNAVAILABLE where items are still unprocessed at the deadline; OUTCOME_UNKNOWN
 */
export async function batchWrite(table: Table, items: readonly PrimaryKey[]): Promise<void> {
  let rest: NonNullable<BatchWriteCommandInput['RequestItems']>[string] = items.map((item) => ({
    PutRequest: { Item: { ...item } },
  }));
  for (let attempt = 0; rest.length > 0; attempt++) {
    const command = new BatchWriteCommand({ RequestItems: { [table.name]: rest } });
    const answer = await sendWrite(table, () => table.dynamo.send(command));
    rest = answer.UnprocessedItems?.[table.name] ?? [];
    if (rest.length > 0 && !(await backOff(table, attempt))) {
      throw storeUnavailable(true);
    }
  }
}
