import type { _Record, DynamoDBStreams, AttributeValue as SdkValue } from '@aws-sdk/client-dynamodb-streams';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';

export interface ShardRead {
  readonly records: readonly DynamoDBRecord[];
  /** Nothing will ever follow these records. */
  readonly closed: boolean;
}

/** Reads a table's stream, shard by shard: the embedded database has one for ever, others open a new one every few hours. */
export interface StreamReader {
  /** Of the stream, not the table: a table that is made anew has another. */
  readonly arn: string;
  /** The shards that may still be read, each with the one it goes on from. */
  shards(): Promise<{ readonly id: string; readonly parent: string | undefined }[]>;
  /** Up to 1,000 records after that sequence number, oldest first; from the shard's beginning without one. */
  readAfter(shard: string, sequenceNumber: string | undefined): Promise<ShardRead>;
}

export function streamReader(client: DynamoDBStreams, arn: string): StreamReader {
  /** Where reading a shard goes on, known from the last read, so that an idle poll is one call. */
  const next = new Map<string, { after: string | undefined; iterator: string }>();

  const iteratorAfter = async (shard: string, after: string | undefined) => {
    const known = next.get(shard);
    if (known !== undefined && known.after === after) return known.iterator;
    const { ShardIterator } = await client.getShardIterator({
      StreamArn: arn,
      ShardId: shard,
      ...(after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
    });
    return ShardIterator;
  };

  return {
    arn,
    async shards() {
      const found: { id: string; parent: string | undefined }[] = [];
      let from: string | undefined;
      do {
        const { StreamDescription: page } = await client.describeStream({
          StreamArn: arn,
          ...(from !== undefined && { ExclusiveStartShardId: from }),
        });
        for (const { ShardId: id, ParentShardId: parent } of page?.Shards ?? []) {
          if (id !== undefined) found.push({ id, parent });
        }
        from = page?.LastEvaluatedShardId;
      } while (from !== undefined);
      return found;
    },
    async readAfter(shard, after) {
      const iterator = await iteratorAfter(shard, after);
      next.delete(shard);
      const { Records = [], NextShardIterator } = await client.getRecords({ ShardIterator: iterator, Limit: 1_000 });
      const last = Records.at(-1)?.dynamodb?.SequenceNumber ?? after;
      if (NextShardIterator !== undefined) next.set(shard, { after: last, iterator: NextShardIterator });
      return { records: Records.map((record) => eventRecord(record, arn)), closed: NextShardIterator === undefined };
    },
  };
}

/**
 * The record as Lambda hands it to a function: instants as seconds, binary values in base64. The embedded database
 * numbers events by stream: with the stream's name before it, the event's id is unique as DynamoDB's is.
 */
function eventRecord({ eventID, eventName, dynamodb = {}, ...rest }: _Record, arn: string): DynamoDBRecord {
  const { ApproximateCreationDateTime: at, Keys, NewImage, OldImage, ...change } = dynamodb;
  return {
    eventID: `${arn.slice(arn.indexOf('table/') + 'table/'.length)}/${eventID}`,
    eventName,
    eventVersion: rest.eventVersion,
    eventSource: rest.eventSource,
    awsRegion: rest.awsRegion,
    eventSourceARN: arn,
    dynamodb: {
      ...change,
      ...(at && { ApproximateCreationDateTime: at.getTime() / 1_000 }),
      ...(Keys && { Keys: image(Keys) }),
      ...(NewImage && { NewImage: image(NewImage) }),
      ...(OldImage && { OldImage: image(OldImage) }),
    },
  };
}

const image = (item: Record<string, SdkValue>): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, eventValue(value)]));

function eventValue(value: SdkValue): AttributeValue {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(eventValue) };
  if (value.M !== undefined) return { M: image(value.M) };
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  return { NULL: true };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
