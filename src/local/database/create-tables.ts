import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CreateTableCommandInput,
  DynamoDB,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { config, STORES, type StoreName } from '../../config.ts';
import { createTableInput, type TableNames, TTL_ATTRIBUTE } from '../../storage/tables.ts';

/** Pause between two looks at an index that is being filled. */
const INDEX_PAUSE_MS = 500;

/**
 * Creates the missing tables in a DynamoDB that stands in for AWS's, and the indexes that older tables lack.
 * @returns the created tables
 */
export async function createTables(endpoint: string, names: TableNames): Promise<readonly StoreName[]> {
  const dynamodb = new DynamoDB({
    endpoint,
    // That of requests: some stand-ins tell regions apart.
    region: config().region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const made: StoreName[] = [];
  try {
    for (const store of STORES) {
      const TableName = names[store];
      if (await create(dynamodb, createTableInput(store, TableName))) made.push(store);
      await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 0.1, maxDelay: 1 }, { TableName });
      await addMissingIndexes(dynamodb, store, TableName);
      const { TimeToLiveDescription: ttl } = await dynamodb.describeTimeToLive({ TableName });
      if (ttl?.TimeToLiveStatus === 'ENABLED') continue;
      await dynamodb.updateTimeToLive({
        TableName,
        TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
      });
    }
    return made;
  } finally {
    dynamodb.destroy();
  }
}

async function create(dynamodb: DynamoDB, table: CreateTableCommandInput): Promise<boolean> {
  try {
    await dynamodb.createTable(table);
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

/** Creates indexes one after the other, as DynamoDB requires. Each is filled from the table's items. */
async function addMissingIndexes(dynamodb: DynamoDB, store: StoreName, TableName: string): Promise<void> {
  const { GlobalSecondaryIndexes: wanted = [], AttributeDefinitions } = createTableInput(store, TableName);
  const { Table: found } = await dynamodb.describeTable({ TableName });
  const known = new Set(found?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const { IndexName, KeySchema, Projection } of wanted) {
    if (known.has(IndexName)) continue;
    await dynamodb.updateTable({
      TableName,
      AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: { IndexName, KeySchema, Projection } }],
    });
    await untilIndexIsActive(dynamodb, TableName, IndexName);
  }
}

async function untilIndexIsActive(dynamodb: DynamoDB, TableName: string, name: string | undefined): Promise<void> {
  for (;;) {
    const { Table: table } = await dynamodb.describeTable({ TableName });
    const index = table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
    if (index?.IndexStatus === 'ACTIVE') return;
    await sleep(INDEX_PAUSE_MS);
  }
}
