import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { keepKnownParks } from '../../storage/enterprises/keep-known-parks.ts';
import { storePolicyNotices } from '../../storage/enterprises/policy-notices.ts';
import { copyPolicyTerms } from '../../storage/enterprises/simulations/policy-terms.ts';
import type { ParkItem, PolicyVersionEvent } from '../../storage/parks/items.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/**
 * Follows the stream of parks, so that enterprises can be registered in a published park, are told of published policies,
 * and can be counted by drafts of them. A batch may come again.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'enterprises', invocationScope(context));
  const items = streamImages(event).flatMap(({ after }) => after ?? []);
  await keepKnownParks(table, items.filter(isPark));
  const published = items.filter(isPolicyVersion);
  await storePolicyNotices(table, published);
  await copyPolicyTerms(
    table,
    published.map(({ facts }) => facts),
  );
}

const isPolicyVersion = (item: StoredItem): item is PolicyVersionEvent =>
  item.type === 'RecordVersion' && 'of' in item && item.of === 'Policy';
const isPark = (item: StoredItem): item is ParkItem => item.type === 'Park';
