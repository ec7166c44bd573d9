import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { PrimaryKey } from '../../storage/tables.ts';

export type StoredItem = PrimaryKey & { readonly type: string };

/** An item before and after a write; null if there was or is none. */
export interface Written {
  readonly before: StoredItem | null;
  readonly after: StoredItem | null;
  readonly sequenceNumber: string;
}

/** Returns the images of a batch, in its order, for a consumer that may not read the table itself. */
export function streamImages({ Records }: DynamoDBStreamEvent): Written[] {
  return Records.map(({ dynamodb }) => ({
    before: itemOf(dynamodb?.OldImage),
    after: itemOf(dynamodb?.NewImage),
    sequenceNumber: dynamodb?.SequenceNumber ?? '',
  }));
}

function itemOf(image: object | undefined): StoredItem | null {
  // Lambda's attribute values are DynamoDB's, but with binaries in Base64. Our items have no binaries.
  return image === undefined ? null : (unmarshall(image as Record<string, AttributeValue>) as StoredItem);
}

/** The primary key of a stream record's item. */
export interface StreamKey {
  readonly key: PrimaryKey;
  readonly sequenceNumber: string;
}

/** Returns the keys of a batch. The consumer reads the items, so reordered records cannot undo a newer state. */
export function streamKeys({ Records }: DynamoDBStreamEvent): StreamKey[] {
  return Records.map(({ dynamodb }) => ({
    key: { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' },
    sequenceNumber: dynamodb?.SequenceNumber ?? '',
  }));
}
