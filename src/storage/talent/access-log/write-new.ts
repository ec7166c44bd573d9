import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { CodedError } from '../../../errors.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { type Condition, isNew } from '../../dynamodb/condition.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import type { PrimaryKey } from '../../tables.ts';

/** Writes of one call that are under way at once. */
const MAX_AT_ONCE = 16;

/**
 * Puts an item where there is none, or where another condition holds. Not in a transaction, which costs twice. A write that the
 * store fails is tried again until the deadline.
 * @returns false where the condition doesn't hold
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
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Deletes the item of a key, if there is one. */
export async function deleteItem(table: Table, { pk, sk }: PrimaryKey): Promise<void> {
  await persist(table, () => table.dynamo.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } })));
}

/** Does something with each of many, some at once. */
export async function forEachOf<One>(many: readonly One[], run: (one: One) => Promise<unknown>): Promise<void> {
  const rest = many.values();
  const worker = async () => {
    for (const one of rest) await run(one);
  };
  await Promise.all(Array.from({ length: Math.min(MAX_AT_ONCE, many.length) }, worker));
}

/** Every write here may be sent again: what a first try wrote, a second finds there. */
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
