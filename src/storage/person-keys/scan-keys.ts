import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { sendRead } from '../send.ts';
import type { Table } from '../table.ts';
import type { PrimaryKey } from '../tables.ts';

const ITEMS_A_PAGE = 1_000;

/** All items of a type in the table of persons' keys, as they are now: for a command, never for a request. */
export async function* scanKeys<Item extends PrimaryKey & { readonly type: string }>(
  keys: Table,
  type: Item['type'],
): AsyncGenerator<Item> {
  let from: Record<string, unknown> | undefined;
  do {
    const command: ScanCommand = new ScanCommand({
      TableName: keys.name,
      ConsistentRead: true,
      Limit: ITEMS_A_PAGE,
      FilterExpression: '#type = :type',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: { ':type': type },
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(keys, (send) => keys.dynamo.send(command, send));
    yield* (answer.Items ?? []) as Item[];
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
}
