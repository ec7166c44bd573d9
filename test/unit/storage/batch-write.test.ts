import type { BatchWriteCommandInput, BatchWriteCommandOutput } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '../../../src/storage/dynamodb/batch.ts';
import type { Table } from '../../../src/storage/dynamodb/table.ts';

const items = [1, 2, 3].map((n) => ({ pk: `p${n}`, sk: 'X' }));
type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/** A table that records what it is sent, and leaves unprocessed what it is told to. */
function recordingTable(leave: (requests: Requests, call: number) => Requests, patience = 5_000): [Table, string[][]] {
  const calls: string[][] = [];
  const send = async ({ input }: { input: BatchWriteCommandInput }): Promise<Partial<BatchWriteCommandOutput>> => {
    const requests = input.RequestItems?.t ?? [];
    calls.push(requests.map((request) => String(request.PutRequest?.Item?.pk)));
    const left = leave(requests, calls.length);
    return left.length === 0 ? {} : { UnprocessedItems: { t: left } };
  };
  const table = {
    dynamo: { send },
    name: 't',
    cursors: {},
    owner: 'test',
    deadline: Date.now() + patience,
    signal: new AbortController().signal,
  };
  return [table as unknown as Table, calls];
}

test('sends only unprocessed items again', async () => {
  const [table, calls] = recordingTable((requests, call) => (call < 3 ? requests.slice(1) : []));
  await batchWrite(table, items);
  expect(calls).toEqual([['p1', 'p2', 'p3'], ['p2', 'p3'], ['p3']]);
});

test('throws when the table stays busy until the deadline', async () => {
  const [table, calls] = recordingTable((requests) => requests, 60);
  await expect(batchWrite(table, items)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  expect(calls.every((call) => call.length === 3)).toBe(true);
});

test('makes no call without items', async () => {
  const [table, calls] = recordingTable(() => []);
  await batchWrite(table, []);
  expect(calls).toEqual([]);
});
