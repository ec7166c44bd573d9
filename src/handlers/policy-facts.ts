import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../config.ts';
import { inForceIntervals } from '../domain/policy-version.ts';
import { connect, openTable } from '../storage/connection.ts';
import type { ParkFactsRecord, PolicyFactsRecord } from '../storage/linkages/items.ts';
import { keepParkFacts, keepPolicyFacts } from '../storage/linkages/keep-facts.ts';
import type { ParkItem, PolicyItem } from '../storage/parks/items.ts';
import { type StoredItem, streamImages } from './stream-images.ts';
import { streamScope } from './stream-scope.ts';

const connection = connect(config());

/** Follows the stream of parks: what linkages has to know of policies and parks. Any batch may come again. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'linkages', streamScope(context));
  const items = streamImages(event).flatMap(({ after }) => after ?? []);
  await keepParkFacts(table, items.filter(isPark).map(parkFacts));
  await keepPolicyFacts(table, items.filter(isPolicy).map(policyFacts));
}

const isPark = (item: StoredItem): item is ParkItem => item.type === 'Park';
const isPolicy = (item: StoredItem): item is PolicyItem => item.type === 'Policy';

function parkFacts({ id, zoneId, regionCode, version }: ParkItem): ParkFactsRecord {
  return { parkId: id, zoneId, regionCode, sourceVersion: version };
}

function policyFacts({ id, homeZoneIds, subject, versions, version }: PolicyItem): PolicyFactsRecord {
  return { policyId: id, homeZoneIds, subject, inForce: inForceIntervals(versions), sourceVersion: version };
}
