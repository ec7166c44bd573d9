import { FULL, type FullAt } from '../../domain/budget.ts';
import { UpdateCommand } from '../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../dynamodb/client/store-error.ts';
import { readItem } from '../dynamodb/read.ts';
import { sendWrite } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { attributeIs, type Condition, updateExpression } from '../dynamodb/write.ts';
import { credentialKeys, type PrimaryKey, TTL_ATTRIBUTE } from '../tables.ts';

export interface BudgetChange {
  /** The bucket that the caller read; a full one where nothing is stored. */
  readonly seen: FullAt;
  readonly next: FullAt;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface ChangedBudget {
  readonly isDone: boolean;
  /** The stored bucket now: `next`, or the value that another instance wrote. */
  readonly fullAt: FullAt;
}

/**
 * Changes a client's bucket if it still has the value that the caller read: one conditional write without a read. A
 * full bucket has no record, or one that DynamoDB hasn't deleted yet.
 * @param client the bucket's name, without personal data
 * @throws as `sendWrite` does
 */
export async function changeBudget(
  table: Table,
  client: string,
  { seen, next, now }: BudgetChange,
): Promise<ChangedBudget> {
  const { pk, sk } = credentialKeys.budget(client);
  const command = new UpdateCommand({
    TableName: table.name,
    Key: { pk, sk },
    ...updateExpression(
      { set: { type: 'Budget', fullAt: next, [TTL_ATTRIBUTE]: Math.ceil(next / 1_000) } },
      seen <= now ? isFull(now) : attributeIs('fullAt', seen),
    ),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
    return { isDone: true, fullAt: next };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const fullAt = error.item?.fullAt;
    return { isDone: false, fullAt: typeof fullAt === 'number' ? fullAt : FULL };
  }
}

function isFull(now: number): Condition {
  return {
    expression: 'attribute_not_exists(pk) OR #c_fullAt <= :c_now',
    names: { '#c_fullAt': 'fullAt' },
    values: { ':c_now': now },
  };
}

/** Returns a client's stored bucket; a full one where nothing is stored. */
export async function readBudget(table: Table, client: string): Promise<FullAt> {
  const item = await readItem<PrimaryKey & { readonly fullAt: number }>(table, credentialKeys.budget(client));
  return item?.fullAt ?? FULL;
}
