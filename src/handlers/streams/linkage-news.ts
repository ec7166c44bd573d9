import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { AgreementItem } from '../../storage/linkages/items.ts';
import { linkageNewsOf } from '../../storage/linkages/linkage-news.ts';
import { copyCaseAgreements } from '../../storage/talent/agreements/case-agreements.ts';
import { tellOfLinkages } from '../../storage/talent/webhooks/linkage-entries.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/**
 * Follows the stream of linkages: puts events of agreements and coverages into the outbox, and copies agreements on cases
 * across zones. A batch may come twice.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const written = streamImages(event).flatMap(({ after }) => after ?? []);
  await copyCaseAgreements(table, written.filter(isAgreement));
  await tellOfLinkages(
    table,
    written.flatMap((item) => linkageNewsOf(item) ?? []),
  );
}

const isAgreement = (item: StoredItem): item is AgreementItem => item.type === 'Agreement';
