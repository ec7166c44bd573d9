import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import {
  isPolicyPublication,
  type PolicyPublication,
  tellSystems,
  withCoveredZones,
} from '../../notify/policy-publications.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { Scope } from '../../storage/dynamodb/table.ts';
import { keepKnownParks } from '../../storage/enterprises/keep-known-parks.ts';
import { copyKnownFacilities } from '../../storage/enterprises/known-facilities.ts';
import { storePolicyNotices } from '../../storage/enterprises/policy-notices.ts';
import { copyPolicyTerms } from '../../storage/enterprises/simulations/policy-terms.ts';
import type { ParkFacilitiesItem, ParkItem, PolicyVersionEvent } from '../../storage/parks/items.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import type { StreamConsumer } from './hand-on.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

const TAKEN = ['Park', 'ParkFacilities', 'RecordVersion'];

/**
 * The consumer by which enterprises can be registered in a published park and its facilities inspected, enterprises and
 * zones are told of published policies, and drafts of policies can be judged.
 */
export const knownParks: StreamConsumer = {
  name: 'knownParks',
  takes: { INSERT: TAKEN, MODIFY: TAKEN },
  process: copyForEnterprises,
};

async function copyForEnterprises(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const scope = invocationScope(context);
  const items = streamImages(event).flatMap(({ after }) => after ?? []);
  const table = openTable(connection, 'enterprises', scope);
  await keepKnownParks(table, items.filter(isPark));
  await copyKnownFacilities(table, items.filter(isFacilities));
  const versions = items.filter(isPolicyVersion);
  await tellOfPolicies(scope, versions.filter(isPolicyPublication));
  await copyPolicyTerms(
    table,
    versions.map(({ facts }) => facts),
  );
}

/**
 * Tells the zones where a policy holds by itself or by a coverage: their enterprises by notices, and their systems by
 * webhooks.
 */
async function tellOfPolicies(scope: Scope, events: readonly PolicyPublication[]): Promise<void> {
  if (events.length === 0) return;
  const publications = await withCoveredZones(openTable(connection, 'linkages', scope), events);
  await storePolicyNotices(openTable(connection, 'enterprises', scope), publications);
  await tellSystems(openTable(connection, 'talent', scope), publications);
}

const isPolicyVersion = (item: StoredItem): item is PolicyVersionEvent =>
  item.type === 'RecordVersion' && 'of' in item && item.of === 'Policy';
const isFacilities = (item: StoredItem): item is ParkFacilitiesItem => item.type === 'ParkFacilities';
const isPark = (item: StoredItem): item is ParkItem => item.type === 'Park';
