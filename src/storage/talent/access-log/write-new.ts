import { CodedError } from '../../../errors.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { DeleteCommand, PutCommand } from '../../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../../dynamodb/client/store-error.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type Condition, isNew } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';

/** Concurrent writes of one call. */
const MAX_CONCURRENT_WRITES = 16;

/**
 * Puts an item under a condition, by default that there is none. It avoids a transaction, which costs twice as much,
 * and retries a failed write until the deadline.
 * @returns false where the condition fails
 */
export async function putWhere(table: Table, item: PrimaryKey, condition: Condition = isNew): Promise<boolean> {
  const command = new PutCommand({
    TableName: table.name,
    Item: item,
    ConditionExpression: condition.expression,
    ...(condition.names ? { ExpressionAttributeNames: { ...condition.names } } : {}),
    ...(condition.values ? { ExpressionAttributeValues: { ...condition.values } } : {}),
  });
  try {
    await persist(table, () => table.dynamo.send(command));
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

/** Deletes the item of a key, if there is one. */
export async function deleteItem(table: Table, { pk, sk }: PrimaryKey): Promise<void> {
  await persist(table, () => table.dynamo.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } })));
}

/** Runs a function for each element, with limited concurrency. */
export async function forEachOf<One>(many: readonly One[], run: (one: One) => Promise<unknown>): Promise<void> {
  const rest = many.values();
  const worker = async () => {
    for (const one of rest) await run(one);
  };
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_WRITES, many.length) }, worker));
}

/** Sends a write with retries. Every write here is repeatable: a second try finds the result of the first. */
async function persist(table: Table, send: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await sendWrite(table, send);
      return;
    } catch (error) {
      const isTrouble = error instanceof CodedError && error.code === 'STORE_UNAVAILABLE';
      if (!isTrouble || !(await backOff(table, attempt))) throw error;
    }
  }
}
