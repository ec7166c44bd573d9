import * as z from 'zod';

/** A batch of a table's stream that a function failed on at every try, as Lambda's message names it. */
export interface FailedBatch {
  readonly functionName: string;
  readonly reason: string;
  readonly streamArn: string;
  readonly shard: string;
  /** The sequence numbers of the first and the last record. */
  readonly from: string;
  readonly to: string;
  readonly records: number;
  readonly lastArrival: string;
}

const sequenceNumber = z.string().regex(/^\d+$/);
const message = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: sequenceNumber,
    endSequenceNumber: sequenceNumber,
    approximateArrivalOfLastRecord: z.string(),
    batchSize: z.int(),
    streamArn: z.string(),
  }),
});

/** Reads the body of a message of the queue; undefined if it is none of Lambda's for a DynamoDB stream. */
export function readFailedBatch(body: string): FailedBatch | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const parsed = message.safeParse(json);
  if (!parsed.success) return undefined;
  const { requestContext, DDBStreamBatchInfo: batch } = parsed.data;
  return {
    // The seventh part of the ARN is the name; a version may follow.
    functionName: requestContext.functionArn.split(':')[6] ?? '',
    reason: requestContext.condition,
    streamArn: batch.streamArn,
    shard: batch.shardId,
    from: batch.startSequenceNumber,
    to: batch.endSequenceNumber,
    records: batch.batchSize,
    lastArrival: batch.approximateArrivalOfLastRecord,
  };
}
