import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { CaseItem, WorkItem } from '../../storage/talent/items.ts';
import { type CaseChange, countCases } from '../../storage/talent/statistics/count-cases.ts';
import { countEntries, type WorkName } from '../../storage/talent/work-list/count-work.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import type { StreamConsumer } from './hand-on.ts';
import { type StoredItem, streamImages, type Written } from './records.ts';

const connection = processConnection(config());

/**
 * The consumer that counts the events of cases for the month's statistics and for agencies' work lists. It doesn't get
 * the tallies that it writes.
 */
export const caseTallies: StreamConsumer = {
  name: 'caseTallies',
  takes: { INSERT: ['TalentCase', 'Work'], MODIFY: ['TalentCase', 'Work'], REMOVE: ['Work'] },
  process: countChanges,
};

/** Counts a batch. A record that fails stops no other. */
async function countChanges(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const written = streamImages(event);
  const failed = [
    ...(await count(written.flatMap(caseChange), (changes) => countCases(table, changes, new Date()))),
    ...(await count(written.flatMap(listChange), (names) => countEntries(table, names))),
  ];
  return { batchItemFailures: failed.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })) };
}

interface Record {
  readonly sequenceNumber: string;
  readonly caseId: string;
}

function caseChange({ before, after, sequenceNumber }: Written): (Record & CaseChange)[] {
  if (!isCase(after)) return [];
  return [{ before: isCase(before) ? before : null, after, sequenceNumber, caseId: after.id }];
}

function listChange({ before, after, sequenceNumber }: Written): (Record & WorkName)[] {
  const work = after ?? before;
  return isWork(work) ? [{ caseId: work.caseId, agency: work.agency, sequenceNumber }] : [];
}

/** Counts all records together, or one by one if that fails. Returns those that fail alone. */
async function count<Of extends Record>(
  records: readonly Of[],
  run: (records: readonly Of[]) => Promise<void>,
): Promise<readonly Of[]> {
  try {
    await run(records);
    return [];
  } catch (error) {
    const [only, ...others] = records;
    if (!only || others.length > 0) {
      const failed: Of[] = [];
      for (const record of records) failed.push(...(await count([record], run)));
      return failed;
    }
    log.error('A case cannot be counted', { case: only.caseId }, error);
    return [only];
  }
}

const isCase = (item: StoredItem | null): item is CaseItem => item?.type === 'TalentCase';
const isWork = (item: StoredItem | null): item is WorkItem => item?.type === 'Work';
