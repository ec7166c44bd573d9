import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Emulator } from './emulator.ts';
import { clientOf, type Stack } from './stack.ts';

/**
 * Puts a message into the queue of failed batches as Lambda does: it names the first records of the stream of enterprises. The
 * emulator gives no batch up by the number of tries.
 */
export async function giveUpBatch(emulator: Emulator, stack: Stack): Promise<void> {
  const [tables, streams, sqs] = [
    new DynamoDBClient(clientOf(emulator)),
    new DynamoDBStreams(clientOf(emulator)),
    new SQSClient(clientOf(emulator)),
  ];
  const TableName = stack.resources.get('EnterprisesTable');
  const { Table } = await tables.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.describeStream({ StreamArn });
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const { ShardIterator } = await streams.getShardIterator({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  const { Records = [] } = await streams.getRecords({ ShardIterator, Limit: 20 });
  const message = {
    requestContext: {
      functionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${stack.resources.get('TalliesLambdaFunction')}`,
      condition: 'RetryAttemptsExhausted',
    },
    DDBStreamBatchInfo: {
      shardId: ShardId,
      startSequenceNumber: Records.at(0)?.dynamodb?.SequenceNumber,
      endSequenceNumber: Records.at(-1)?.dynamodb?.SequenceNumber,
      approximateArrivalOfLastRecord: new Date().toISOString(),
      batchSize: Records.length,
      streamArn: StreamArn,
    },
  };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: stack.resources.get('StreamFailures'), MessageBody: JSON.stringify(message) }),
  );
  for (const client of [tables, streams, sqs]) client.destroy();
}
