import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { PrimaryKey } from '../storage/tables.ts';

export type StoredItem = PrimaryKey & { readonly type: string };

/** An item as it was before a write and as it is after it; null where there was, or is, none. */
export interface Written {
  readonly before: StoredItem | null;
  readonly after: StoredItem | null;
  readonly sequenceNumber: string;
}

/** What a stream's batch tells, in its order: for a consumer that has no right to read the table itself. */
export function streamImages({ Records }: DynamoDBStreamEvent): Written[] {
  return Records.map(({ dynamodb }) => ({
    before: itemOf(dynamodb?.OldImage),
    after: itemOf(dynamodb?.NewImage),
    sequenceNumber: dynamodb?.SequenceNumber ?? '',
  }));
}

function itemOf(image: object | undefined): StoredItem | null {
  // Lambda's type of an attribute value is DynamoDB's, with binaries as Base64: our items have none.
  return image === undefined ? null : (unmarshall(image as Record<string, AttributeValue>) as StoredItem);
}
