import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { PrimaryKey } from '../storage/tables.ts';

/** Where the item of a stream's record is. */
export interface StreamKey {
  readonly key: PrimaryKey;
  readonly sequenceNumber: string;
}

/** The keys of a batch: a consumer reads the items themselves, whose newest state no reordering can take back. */
export function streamKeys({ Records }: DynamoDBStreamEvent): StreamKey[] {
  return Records.map(({ dynamodb }) => ({
    key: { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' },
    sequenceNumber: dynamodb?.SequenceNumber ?? '',
  }));
}
