import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { parkFactsOf, policyFactsOf, zoneFactsOf } from '../../storage/linkages/facts-of.ts';
import { storeParkFacts, storePolicyFacts, storeZoneFacts } from '../../storage/linkages/store-facts.ts';
import type { ParkItem, PolicyItem, ZoneItem } from '../../storage/parks/items.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import type { StreamConsumer } from './hand-on.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

const TAKEN = ['Zone', 'Policy', 'Park'];

/** The consumer that copies the facts about zones, policies and parks that linkages needs. */
export const policyFacts: StreamConsumer = {
  name: 'policyFacts',
  takes: { INSERT: TAKEN, MODIFY: TAKEN },
  process: copyFacts,
};

async function copyFacts(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'linkages', invocationScope(context));
  const items = streamImages(event).flatMap(({ after }) => after ?? []);
  await storeZoneFacts(table, items.filter(isZone).map(zoneFactsOf));
  await storeParkFacts(table, items.filter(isPark).map(parkFactsOf));
  await storePolicyFacts(table, items.filter(isPolicy).map(policyFactsOf));
}

const isZone = (item: StoredItem): item is ZoneItem => item.type === 'Zone';
const isPark = (item: StoredItem): item is ParkItem => item.type === 'Park';
const isPolicy = (item: StoredItem): item is PolicyItem => item.type === 'Policy';
