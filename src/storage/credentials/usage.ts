import { type DocumentUse, USAGE_DAYS } from '../../domain/developers/usage.ts';
import { PutCommand } from '../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../dynamodb/client/store-error.ts';
import { readRange } from '../dynamodb/read.ts';
import { sendWrite } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { missingOrLess } from '../dynamodb/write.ts';
import { credentialKeys, type PrimaryKey, TTL_ATTRIBUTE } from '../tables.ts';

/** The uses that one instance has counted of a zone's systems on a day. */
export interface CountedUsage {
  readonly zone: string;
  /** A day in UTC. */
  readonly day: string;
  /** The random name of the instance. */
  readonly instance: string;
  /** The number of counted operations, which grows with every write. */
  readonly operations: number;
  readonly uses: readonly DocumentUse[];
}

interface UsageItem extends CountedUsage, PrimaryKey {
  readonly type: 'Usage';
}

/**
 * Stores the uses that an instance has counted since the day's beginning, in the place of its former item. An older
 * count that arrives late is dropped, so a repetition changes nothing.
 */
export async function writeUsage(table: Table, usage: CountedUsage): Promise<void> {
  const { zone, day, instance, operations } = usage;
  const { expression, names, values } = missingOrLess('operations', operations);
  const item = { ...usage, ...credentialKeys.usage(zone, day, instance), type: 'Usage' as const };
  const command = new PutCommand({
    TableName: table.name,
    Item: { ...item, [TTL_ATTRIBUTE]: Date.parse(day) / 1_000 + (USAGE_DAYS + 1) * 86_400 },
    ConditionExpression: expression,
    ...(names && { ExpressionAttributeNames: { ...names } }),
    ...(values && { ExpressionAttributeValues: { ...values } }),
  });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

/** Returns the uses that all instances have counted of a zone's systems on a day: one Query for each megabyte. */
export async function usageOfDay(table: Table, zone: string, day: string): Promise<readonly DocumentUse[]> {
  const { pk, sk } = credentialKeys.usage(zone, day, '');
  const items = await readRange<UsageItem>(table, { partition: pk, sort: { beginsWith: sk } });
  return items.flatMap(({ uses }) => uses);
}
