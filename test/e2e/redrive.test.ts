import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { type FailedBatch, readFailedBatch } from '../../src/cli/redrive/failed-batch.ts';
import { redriveBatch } from '../../src/cli/redrive/redrive-batch.ts';
import { config } from '../../src/config.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** An operator redrives a batch that a consumer of a stream has given up. */

let system: TestSystem;
let streams: DynamoDBStreams;
let batch: FailedBatch;
const numbers: string[] = [];

const SOURCE = {
  filterPatterns: [{ eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['Wanted'] } } } }],
  batchSize: 2,
};
const item = (sk: string, type = 'Wanted') => ({ pk: 'REDRIVE', sk, type });

beforeAll(async () => {
  system = await startTestSystem();
  await system.write('enterprises', [
    item('before'),
    item('first'),
    item('other', 'Other'),
    item('second'),
    item('third'),
    item('after'),
  ]);
  const client = {
    endpoint: system.endpoint,
    region: config().region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  streams = new DynamoDBStreams(client);
  const tables = new DynamoDB(client);
  const name = system.table('enterprises').name;
  const streamArn = (await tables.describeTable({ TableName: name })).Table?.LatestStreamArn ?? '';
  tables.destroy();
  const shard = (await streams.describeStream({ StreamArn: streamArn })).StreamDescription?.Shards?.[0]?.ShardId ?? '';
  const { ShardIterator } = await streams.getShardIterator({
    StreamArn: streamArn,
    ShardId: shard,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const { Records = [] } = await streams.getRecords({ ShardIterator });
  const keyOf = (sk: string) => Records.find(({ dynamodb }) => dynamodb?.Keys?.sk?.S === sk)?.dynamodb?.SequenceNumber;
  numbers.push(keyOf('first') ?? '', keyOf('third') ?? '');
  const [from = '', to = ''] = numbers;
  const message = {
    requestContext: {
      functionArn: 'arn:aws-cn:lambda:cn-north-1:123456789012:function:bridgehead-prod-tallies:$LATEST',
      condition: 'RetryAttemptsExhausted',
    },
    DDBStreamBatchInfo: {
      shardId: shard,
      startSequenceNumber: from,
      endSequenceNumber: to,
      approximateArrivalOfLastRecord: '2026-11-29T08:00:00Z',
      batchSize: 4,
      streamArn,
    },
  };
  batch = readFailedBatch(JSON.stringify(message)) as FailedBatch;
});
afterAll(async () => {
  streams.destroy();
  await system.stop();
});

const keysOf = ({ Records }: DynamoDBStreamEvent) => Records.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S);

test('passes the records of the batch that the function takes, in order and in its sizes', async () => {
  const calls: [string, (string | undefined)[]][] = [];
  const call = async (name: string, event: object) => {
    calls.push([name, keysOf(event as DynamoDBStreamEvent)]);
    return { batchItemFailures: [] };
  };
  expect(await redriveBatch(batch, { streams, source: SOURCE, call })).toBe('DONE');
  expect(calls).toEqual([
    ['bridgehead-prod-tallies', ['first', 'second']],
    ['bridgehead-prod-tallies', ['third']],
  ]);
});

test('a record that fails again, or a function that fails, leaves the batch in the queue', async () => {
  const failures = async () => ({ batchItemFailures: [{ itemIdentifier: numbers[0] }] });
  expect(await redriveBatch(batch, { streams, source: SOURCE, call: failures })).toBe('FAILED');
  const fault = () => Promise.reject(new Error('broken'));
  expect(await redriveBatch(batch, { streams, source: SOURCE, call: fault })).toBe('FAILED');
});

test('a batch whose records the stream no longer has is told apart, and nothing is called', async () => {
  const call = jestNever();
  const gone = { ...batch, to: String(BigInt(batch.to) + 1_000_000n) };
  expect(await redriveBatch(gone, { streams, source: SOURCE, call })).toBe('FORGOTTEN');
});

test.each(['not JSON', '{}', '{"requestContext":{"functionArn":"a","condition":"b"}}'])('%s is no batch', (body) => {
  expect(readFailedBatch(body)).toBeUndefined();
});

function jestNever() {
  return () => Promise.reject(new Error('This must not be called.'));
}
