import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { copyCalendarYears } from '../../storage/calendar/calendar-years.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { CalendarYearItem, ParkFacilitiesItem, PolicyItem } from '../../storage/parks/items.ts';
import { copyCasePolicies } from '../../storage/talent/case-types/case-policies.ts';
import { copyFacilities } from '../../storage/talent/places/copy-facilities.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import type { StreamConsumer } from './hand-on.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

const TAKEN = ['ParkFacilities', 'CalendarYear', 'Policy'];

/**
 * The consumer by which cases take places of published facilities, count by the published calendar, and rest on
 * policies.
 */
export const facilityPlaces: StreamConsumer = {
  name: 'facilityPlaces',
  takes: { INSERT: TAKEN, MODIFY: TAKEN },
  process: copyForCases,
};

async function copyForCases(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const written = streamImages(event);
  await copyCasePolicies(
    table,
    written.flatMap(({ after }) => (isPolicy(after) ? after : [])),
  );
  await copyFacilities(
    table,
    written.flatMap(({ before, after }) =>
      isFacilities(after) ? { before: isFacilities(before) ? before : null, after } : [],
    ),
  );
  await copyCalendarYears(
    table,
    written.flatMap(({ after }) => (isCalendarYear(after) ? after : [])),
  );
}

const isCalendarYear = (item: StoredItem | null): item is CalendarYearItem => item?.type === 'CalendarYear';

const isPolicy = (item: StoredItem | null): item is PolicyItem => item?.type === 'Policy';
const isFacilities = (item: StoredItem | null): item is ParkFacilitiesItem => item?.type === 'ParkFacilities';
