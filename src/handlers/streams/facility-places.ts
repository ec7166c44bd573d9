import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { ParkFacilitiesItem } from '../../storage/parks/items.ts';
import { copyFacilities } from '../../storage/talent/places/copy-facilities.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/** Follows the stream of parks, so that cases can take places of published facilities. A batch may come again. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  await copyFacilities(
    table,
    streamImages(event).flatMap(({ before, after }) =>
      isFacilities(after) ? { before: isFacilities(before) ? before : null, after } : [],
    ),
  );
}

const isFacilities = (item: StoredItem | null): item is ParkFacilitiesItem => item?.type === 'ParkFacilities';
