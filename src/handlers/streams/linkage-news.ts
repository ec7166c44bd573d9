import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { linkageNewsOf } from '../../storage/linkages/linkage-news.ts';
import { tellOfLinkages } from '../../storage/talent/webhooks/linkage-entries.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { streamImages } from './records.ts';

const connection = processConnection(config());

/** Puts events of agreements and coverages into the outbox, from the stream of linkages. A batch may come twice. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  await tellOfLinkages(
    table,
    streamImages(event).flatMap(({ after }) => (after && linkageNewsOf(after)) ?? []),
  );
}
