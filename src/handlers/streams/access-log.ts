import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { batchEntries } from '../../storage/talent/access-log/batch-entries.ts';
import type { WaitingItem } from '../../storage/talent/access-log/items.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/**
 * Puts new entries of the access log into batches and into the logs of all persons whose data they showed. An
 * unreadable entry is reported by itself after all others are batched. Lambda retries it alone, and it ends up in the
 * failure queue.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const records = streamImages(event).flatMap(({ after, sequenceNumber }) =>
    isWaiting(after) ? [{ entry: after, sequenceNumber }] : [],
  );
  const failed = await batchEntries(
    table,
    records.map(({ entry }) => entry),
  );
  if (failed.length > 0) log.error('Entries of the access log cannot be batched', { entries: failed });
  const batchItemFailures = records
    .filter(({ entry }) => failed.includes(String(entry.sk)))
    .map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber }));
  return { batchItemFailures };
}

const isWaiting = (item: StoredItem | null): item is WaitingItem => item?.type === 'AccessWaiting';
