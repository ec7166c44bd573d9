import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { EnterpriseItem } from '../../storage/enterprises/items.ts';
import { subjectFactsOf, suppliedCopyOf } from '../../storage/linkages/facts-of.ts';
import { storeSubjectFacts } from '../../storage/linkages/store-facts.ts';
import { storeSupply } from '../../storage/linkages/supply-chains/store-supply.ts';
import { processConnection } from '../connection.ts';
import { invocationScope } from '../invocation-scope.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/** Copies the facts about enterprises that linkages needs, from the stream of enterprises. A batch may come twice. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'linkages', invocationScope(context));
  const changed = streamImages(event).flatMap(({ before, after }) => {
    if (!isEnterprise(after)) return [];
    return { before: isEnterprise(before) ? before : null, after };
  });
  await storeSubjectFacts(
    table,
    changed.map(({ before, after }) => ({
      facts: subjectFactsOf(after),
      formerSiteIds: before?.sites.map(({ id }) => id) ?? [],
    })),
  );
  await storeSupply(
    table,
    changed.map(({ before, after }) => ({ before: before && suppliedCopyOf(before), after: suppliedCopyOf(after) })),
  );
}

const isEnterprise = (item: StoredItem | null): item is EnterpriseItem => item?.type === 'Enterprise';
