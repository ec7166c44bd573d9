import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../config.ts';
import { log } from '../log.ts';
import { openTable } from '../storage/connection.ts';
import { chainLooks } from '../storage/talent/chain-looks.ts';
import type { LookItem } from '../storage/talent/look-items.ts';
import { processConnection } from './process-connection.ts';
import { type StoredItem, streamImages } from './stream-images.ts';
import { streamScope } from './stream-scope.ts';

const connection = processConnection(config());

/**
 * Puts each look at others' cases into the chains of all whose data it showed. A look that can't be told is reported by
 * itself, after all others are chained: it alone is tried again and ends up in the queue of failures.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  const table = openTable(connection, 'talent', streamScope(context));
  const records = streamImages(event).flatMap(({ after, sequenceNumber }) =>
    isLook(after) ? [{ look: after, sequenceNumber }] : [],
  );
  const looks = records.map(({ look }) => look);
  const failed = await chainLooks(table, looks, new Date());
  if (failed.length > 0) log.error('Looks cannot be chained', { looks: failed });
  const batchItemFailures = records
    .filter(({ look }) => failed.includes(String(look.id)))
    .map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber }));
  return { batchItemFailures };
}

const isLook = (item: StoredItem | null): item is LookItem => item?.type === 'Look';
