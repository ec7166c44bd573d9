import { DynamoDB, ResourceInUseException, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { SUBGRAPHS } from '../config.ts';
import { createTableInput, type TableNames, TTL_ATTRIBUTE } from '../storage/tables.ts';

/** Makes the tables that are not there yet, in a DynamoDB that stands in for AWS's. */
export async function createTables(endpoint: string, names: TableNames): Promise<void> {
  const dynamodb = new DynamoDB({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    for (const subgraph of SUBGRAPHS) {
      const TableName = names[subgraph];
      try {
        await dynamodb.createTable(createTableInput(subgraph, TableName));
      } catch (error) {
        if (error instanceof ResourceInUseException) continue;
        throw error;
      }
      await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 0.1, maxDelay: 1 }, { TableName });
      await dynamodb.updateTimeToLive({
        TableName,
        TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
      });
    }
  } finally {
    dynamodb.destroy();
  }
}
