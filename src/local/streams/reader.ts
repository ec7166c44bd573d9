import type { _Record, DynamoDBStreams, AttributeValue as SdkValue } from '@aws-sdk/client-dynamodb-streams';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';

export interface ShardRead {
  readonly records: readonly DynamoDBRecord[];
  /** True if no record can follow. */
  readonly closed: boolean;
}

export interface Shard {
  readonly id: string;
  readonly parent: string | undefined;
}

/**
 * Reads a table's stream, shard by shard. The embedded database has one shard for ever; AWS opens a new one every few
 * hours.
 */
export interface StreamReader {
  /** ARN of the stream, which changes when a table is recreated. */
  readonly arn: string;
  /** Returns the readable shards, each with its parent. */
  shards(): Promise<readonly Shard[]>;
  /** Returns up to 1,000 records after a sequence number, oldest first; without one, from the shard's beginning. */
  readAfter(shard: string, sequenceNumber: string | undefined): Promise<ShardRead>;
}

/** Period for which the list of shards is kept. It is read anew at once when one closes. */
const SHARDS_KEPT_MS = 30_000;

export function streamReader(client: DynamoDBStreams, arn: string): StreamReader {
  /** Positions after the last reads, so that an idle poll is one call. */
  const next = new Map<string, { after: string | undefined; iterator: string }>();
  let kept: { readonly shards: readonly Shard[]; readonly until: number } | undefined;

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
      if (kept && Date.now() < kept.until) return kept.shards;
      const found: Shard[] = [];
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
      kept = { shards: found, until: Date.now() + SHARDS_KEPT_MS };
      return found;
    },
    async readAfter(shard, after) {
      const iterator = await iteratorAfter(shard, after);
      next.delete(shard);
      const { Records = [], NextShardIterator } = await client.getRecords({ ShardIterator: iterator, Limit: 1_000 });
      const last = Records.at(-1)?.dynamodb?.SequenceNumber ?? after;
      if (NextShardIterator === undefined) kept = undefined;
      else next.set(shard, { after: last, iterator: NextShardIterator });
      return { records: Records.map((record) => eventRecord(record, arn)), closed: NextShardIterator === undefined };
    },
  };
}

/**
 * Converts a record to the form that Lambda passes to functions: instants as seconds, binary values in base64. The
 * embedded database numbers events per stream, so the stream's name is added to make ids unique as DynamoDB's are.
 */
export function eventRecord({ eventID, eventName, dynamodb = {}, ...rest }: _Record, arn: string): DynamoDBRecord {
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
