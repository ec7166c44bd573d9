import {
  type CreateTableCommandInput,
  DynamoDB,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { STORES, type StoreName } from '../../config.ts';
import { createTableInput, type TableNames, TTL_ATTRIBUTE } from '../../storage/tables.ts';

/**
 * Creates the missing tables in a DynamoDB that stands in for AWS's.
 * @returns the created ones
 */
export async function createTables(endpoint: string, names: TableNames): Promise<readonly StoreName[]> {
  const dynamodb = new DynamoDB({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const made: StoreName[] = [];
  try {
    for (const store of STORES) {
      const TableName = names[store];
      if (await create(dynamodb, createTableInput(store, TableName))) made.push(store);
      await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 0.1, maxDelay: 1 }, { TableName });
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
