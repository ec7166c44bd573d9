import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../config.ts';
import { log } from '../log.ts';
import { openTable } from '../storage/connection.ts';
import type { Table } from '../storage/table.ts';
import { type CaseChange, countCases } from '../storage/talent/count-cases.ts';
import type { CaseItem } from '../storage/talent/items.ts';
import { processConnection } from './process-connection.ts';
import { type StoredItem, streamImages } from './stream-images.ts';
import { streamScope } from './stream-scope.ts';

const connection = processConnection(config());

interface Record extends CaseChange {
  readonly sequenceNumber: string;
}

/** Counts what happens to cases for the statistics of their month. What can't be counted keeps nothing else from it. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  const table = openTable(connection, 'talent', streamScope(context));
  const records = streamImages(event).flatMap(({ before, after, sequenceNumber }): Record[] =>
    isCase(after) ? [{ before: isCase(before) ? before : null, after, sequenceNumber }] : [],
  );
  const failed = await count(table, records);
  return { batchItemFailures: failed.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })) };
}

/** All together, or one by one where that fails; what fails alone is returned. */
async function count(table: Table, records: readonly Record[]): Promise<readonly Record[]> {
  try {
    await countCases(table, records, new Date());
    return [];
  } catch (error) {
    const [only, ...others] = records;
    if (!only || others.length > 0) {
      const failed: Record[] = [];
      for (const record of records) failed.push(...(await count(table, [record])));
      return failed;
    }
    log.error('A case cannot be counted', { case: only.after.id }, error);
    return [only];
  }
}

const isCase = (item: StoredItem | null): item is CaseItem => item?.type === 'TalentCase';
