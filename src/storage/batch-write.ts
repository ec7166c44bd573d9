import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { backOff } from './backoff.ts';
import { sendWrite, storeUnavailable } from './send.ts';
import type { Table } from './table.ts';
import type { PrimaryKey } from './tables.ts';

/** DynamoDB takes as many items a call. */
export const MOST_ITEMS_A_WRITE = 25;

/**
 * Puts items in their places, whatever is there: for loading data, not for a mutation. Items that DynamoDB leaves
 * unprocessed are sent again, with jitter, until the deadline.
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
