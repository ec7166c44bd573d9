import type { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import type { StreamSource } from '../../local/service.ts';
import { recordFilter } from '../../local/streams/pump.ts';
import { eventRecord } from '../../local/streams/reader.ts';
import type { FailedBatch } from './failed-batch.ts';

/** Calls a function with an event. Resolves to its answer; rejects if the function fails. */
export type CallFunction = (functionName: string, event: object) => Promise<unknown>;

/** `DONE`: every record is processed. `FAILED`: some record fails again. `FORGOTTEN`: the stream no longer has it whole. */
export type RedriveOutcome = 'DONE' | 'FAILED' | 'FORGOTTEN';

interface RedriveOptions {
  readonly streams: DynamoDBStreams;
  /** The subscription of the function, which says what records it takes and how many at once. */
  readonly source: Pick<StreamSource, 'filterPatterns' | 'batchSize'>;
  readonly call: CallFunction;
}

const answered = z.object({ batchItemFailures: z.array(z.unknown()) }).nullish();

/**
 * Reads the records of a failed batch from their shard again and passes them to the function, as Lambda did. Consumers
 * recognise records that they have processed, so nothing is counted twice.
 */
export async function redriveBatch(
  batch: FailedBatch,
  { streams, source, call }: RedriveOptions,
): Promise<RedriveOutcome> {
  const records = await readRecords(batch, streams);
  if (records === undefined) return 'FORGOTTEN';
  const wanted = records.filter(recordFilter(source.filterPatterns));
  for (let at = 0; at < wanted.length; at += source.batchSize) {
    try {
      const answer = answered.parse(
        await call(batch.functionName, { Records: wanted.slice(at, at + source.batchSize) }),
      );
      if (answer && answer.batchItemFailures.length > 0) return 'FAILED';
    } catch {
      return 'FAILED';
    }
  }
  return 'DONE';
}

/** Errors of a stream that has forgotten a position or a shard. */
const FORGOTTEN = ['TrimmedDataAccessException', 'ResourceNotFoundException'];

/** Reads the records from the first to the last one; undefined if the stream has forgotten the first. */
async function readRecords(
  { streamArn, shard, from, to }: FailedBatch,
  streams: DynamoDBStreams,
): Promise<readonly DynamoDBRecord[] | undefined> {
  const found: DynamoDBRecord[] = [];
  try {
    let { ShardIterator: iterator } = await streams.getShardIterator({
      StreamArn: streamArn,
      ShardId: shard,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: from,
    });
    while (iterator !== undefined) {
      const { Records = [], NextShardIterator } = await streams.getRecords({ ShardIterator: iterator });
      for (const record of Records) {
        const number = BigInt(record.dynamodb?.SequenceNumber ?? 0);
        if (number > BigInt(to)) return isWhole(found, from);
        found.push(eventRecord(record, streamArn));
        if (number === BigInt(to)) return isWhole(found, from);
      }
      // An open shard has an iterator for ever; one that gives no record is at its end.
      iterator = Records.length > 0 ? NextShardIterator : undefined;
    }
  } catch (error) {
    if (error instanceof Error && FORGOTTEN.includes(error.name)) return undefined;
    throw error;
  }
  return undefined;
}

function isWhole(records: readonly DynamoDBRecord[], from: string): readonly DynamoDBRecord[] | undefined {
  return records[0]?.dynamodb?.SequenceNumber === from ? records : undefined;
}
