import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { AgreementItem } from '../../storage/linkages/items.ts';
import { linkageNewsOf } from '../../storage/linkages/linkage-news.ts';
import type { RecognitionItem } from '../../storage/linkages/recognition-items.ts';
import { copyCardRecognitions } from '../../storage/talent/agreements/card-recognitions.ts';
import { copyCaseAgreements } from '../../storage/talent/agreements/case-agreements.ts';
import { tellOfLinkages } from '../../storage/talent/webhooks/linkage-entries.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/**
 * Follows the stream of linkages: puts events of agreements and coverages into the outbox, and copies agreements and
 * recognitions of talent cards. A batch may come twice.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const written = streamImages(event).flatMap(({ after }) => after ?? []);
  const agreements = written.filter(isAgreement);
  await copyCaseAgreements(table, agreements);
  await copyCardRecognitions(table, written.filter(isRecognition), agreements);
  await tellOfLinkages(
    table,
    written.flatMap((item) => linkageNewsOf(item) ?? []),
  );
}

const isAgreement = (item: StoredItem): item is AgreementItem => item.type === 'Agreement';
const isRecognition = (item: StoredItem): item is RecognitionItem => item.type === 'Recognition';
