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
      await dynamodb.createTable(createTableInput(subgraph, TableName)).catch(unlessThere);
      await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 0.1, maxDelay: 1 }, { TableName });
      const { TimeToLiveDescription: ttl } = await dynamodb.describeTimeToLive({ TableName });
      if (ttl?.TimeToLiveStatus === 'ENABLED') continue;
      await dynamodb.updateTimeToLive({
        TableName,
        TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
      });
    }
  } finally {
    dynamodb.destroy();
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof ResourceInUseException)) throw error;
}
