import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { countEvents } from '../../storage/enterprises/published-figures/count-events.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import { streamKeys } from './records.ts';

const connection = processConnection(config());

/**
 * Counts the events of enterprises for their parks. A record that can't be counted is reported by itself after all
 * others are counted. Lambda retries it alone, and it ends up in the failure queue.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  const records = streamKeys(event);
  const table = openTable(connection, 'enterprises', invocationScope(context));
  const failed = await countEvents(
    table,
    records.map(({ key }) => key),
    new Date(),
  );
  const batchItemFailures = records
    .filter(({ key }) => failed.some(({ pk, sk }) => pk === key.pk && sk === key.sk))
    .map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber }));
  if (batchItemFailures.length > 0)
    log.error('Events cannot be counted', { events: failed.map(({ pk, sk }) => `${pk} ${sk}`) });
  return { batchItemFailures };
}
