import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { keepKnownParks } from '../../storage/enterprises/keep-known-parks.ts';
import { storePolicyNotices } from '../../storage/enterprises/policy-notices.ts';
import type { ParkItem, PolicyVersionEvent } from '../../storage/parks/items.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/**
 * Follows the stream of parks, so that enterprises can be registered in a published park, and are told of published
 * policies. A batch may come again.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'enterprises', invocationScope(context));
  const items = streamImages(event).flatMap(({ after }) => after ?? []);
  await keepKnownParks(table, items.filter(isPark));
  await storePolicyNotices(table, items.filter(isPolicyVersion));
}

const isPolicyVersion = (item: StoredItem): item is PolicyVersionEvent =>
  item.type === 'RecordVersion' && 'of' in item && item.of === 'Policy';
const isPark = (item: StoredItem): item is ParkItem => item.type === 'Park';
