import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';

/** One of several consumers that share a reader of a stream. It may get a record again after it has processed it. */
export interface StreamConsumer {
  readonly name: string;
  /** The types of the items whose inserts, changes and deletions the consumer processes. */
  readonly takes: Readonly<Partial<Record<'INSERT' | 'MODIFY' | 'REMOVE', readonly string[]>>>;
  /** Processes records. Reports the sequence numbers of those that fail, or throws if it cannot tell them apart. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a consumer that throws reports nothing, as a handler in Lambda does.
  process(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse | void>;
}

/** A handler of a function that reads a stream. */
export type StreamHandler = (event: DynamoDBStreamEvent, context?: Context) => Promise<DynamoDBBatchResponse>;

/**
 * Makes the handler of a function that reads a stream for several consumers, since AWS advises two readers a shard at
 * most. Each consumer gets its own records of the batch, in order, whatever becomes of the others. A record fails if one
 * consumer fails on it: Lambda retries from there, and consumers recognise what they have processed.
 */
export function handOn(consumers: readonly StreamConsumer[]): StreamHandler {
  return async ({ Records }, context) => {
    const failures = consumers.map((consumer) =>
      failuresOf(
        consumer,
        Records.filter((record) => takes(consumer, record)),
        context,
      ),
    );
    const failed = new Set((await Promise.all(failures)).flat());
    const numbers = Records.map(numberOf).filter((number) => failed.has(number));
    return { batchItemFailures: numbers.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** Tells if a record is of a write that the consumer processes. */
export function takes({ takes }: Pick<StreamConsumer, 'takes'>, { eventName, dynamodb }: DynamoDBRecord): boolean {
  if (eventName === undefined) return false;
  const image = eventName === 'REMOVE' ? dynamodb?.OldImage : dynamodb?.NewImage;
  return takes[eventName]?.includes(image?.type?.S ?? '') ?? false;
}

/**
 * Returns the sequence numbers on which a consumer fails. A batch that fails as a whole is tried in halves, so that one
 * bad record keeps no other from the consumer. Where the store does not answer, halves would fail as well.
 */
async function failuresOf(
  consumer: StreamConsumer,
  records: readonly DynamoDBRecord[],
  context: Context | undefined,
): Promise<readonly string[]> {
  if (records.length === 0) return [];
  try {
    const answer = await consumer.process({ Records: [...records] }, context);
    return (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  } catch (error) {
    const isOfStore = error instanceof CodedError && error.code === 'STORE_UNAVAILABLE';
    if (records.length === 1 || isOfStore) {
      log.error(
        'A consumer failed on records of a stream',
        { consumer: consumer.name, records: records.length },
        error,
      );
      return records.map(numberOf);
    }
    const half = Math.ceil(records.length / 2);
    const first = await failuresOf(consumer, records.slice(0, half), context);
    return [...first, ...(await failuresOf(consumer, records.slice(half), context))];
  }
}

const numberOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? '';
