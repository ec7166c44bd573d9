import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { parkFactsOf, policyFactsOf, zoneFactsOf } from '../../storage/linkages/facts-of.ts';
import { storeParkFacts, storePolicyFacts, storeZoneFacts } from '../../storage/linkages/store-facts.ts';
import type { ParkItem, PolicyItem, ZoneItem } from '../../storage/parks/items.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/** Copies the facts about zones, policies and parks that linkages needs, from the stream of parks. A batch may come twice. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'linkages', invocationScope(context));
  const items = streamImages(event).flatMap(({ after }) => after ?? []);
  await storeZoneFacts(table, items.filter(isZone).map(zoneFactsOf));
  await storeParkFacts(table, items.filter(isPark).map(parkFactsOf));
  await storePolicyFacts(table, items.filter(isPolicy).map(policyFactsOf));
}

const isZone = (item: StoredItem): item is ZoneItem => item.type === 'Zone';
const isPark = (item: StoredItem): item is ParkItem => item.type === 'Park';
const isPolicy = (item: StoredItem): item is PolicyItem => item.type === 'Policy';
