import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { keepKnownParks } from '../../storage/enterprises/keep-known-parks.ts';
import type { ParkItem } from '../../storage/parks/items.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/** Follows the stream of parks, so that enterprises can be registered in a published park. A batch may come again. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'enterprises', invocationScope(context));
  await keepKnownParks(
    table,
    streamImages(event)
      .flatMap(({ after }) => after ?? [])
      .filter(isPark),
  );
}

const isPark = (item: StoredItem): item is ParkItem => item.type === 'Park';
