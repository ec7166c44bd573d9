import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { sendRead } from './send.ts';
import type { Table } from './table.ts';

/** Less than DynamoDB's megabyte: what a table's size is must not decide how long one page takes, wherever it lies. */
const ITEMS_A_PAGE = 2_000;

/** All items of some types in a table, as they are now: for a command, never for a request. */
export async function* scanPages<Item extends { readonly type: string }>(
  table: Table,
  types: readonly Item['type'][],
): AsyncGenerator<Item[]> {
  const values = Object.fromEntries(types.map((type, i) => [`:${i}`, type]));
  let from: Record<string, unknown> | undefined;
  do {
    const command: ScanCommand = new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      Limit: ITEMS_A_PAGE,
      FilterExpression: `#type IN (${Object.keys(values).join(', ')})`,
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: values,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    yield (answer.Items ?? []) as Item[];
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
}
