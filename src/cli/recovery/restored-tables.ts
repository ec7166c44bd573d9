import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { STORES, type StoreName } from '../../config.ts';
import { TABLES, type TableNames, TTL_ATTRIBUTE } from '../../storage/tables.ts';
import type { RestoredTable } from './stack-templates.ts';

/** The oldest moment that a table can be restored to. Nothing that is deleted survives for longer. */
const RECOVERY_DAYS = 35;

/** Calls of DynamoDB that restore tables, with the pause between two looks at a table. */
export interface Restorer {
  readonly client: DynamoDBClient;
  readonly pause: () => Promise<void>;
}

/**
 * Restores tables to one moment into new ones under the same encryption keys, all at once, and waits for them. Tables that
 * are there already are taken as restored, so that a repeated run goes on.
 */
export async function restoreToMoment(
  { client, pause }: Restorer,
  { from, into, at }: { readonly from: TableNames; readonly into: TableNames; readonly at: Date },
): Promise<void> {
  await Promise.all(
    STORES.map(async (store) => {
      if ((await describe(client, into[store])) === undefined) {
        const source = await describe(client, from[store]);
        const { SSEType, KMSMasterKeyArn } = source?.SSEDescription ?? {};
        await client.send(
          new RestoreTableToPointInTimeCommand({
            SourceTableName: from[store],
            TargetTableName: into[store],
            RestoreDateTime: at,
            ...(SSEType === 'KMS'
              ? { SSESpecificationOverride: { Enabled: true, SSEType, KMSMasterKeyId: KMSMasterKeyArn } }
              : {}),
          }),
        );
      }
      await untilActive({ client, pause }, into[store]);
    }),
  );
}

/**
 * Gives restored tables what a restore leaves out: stream, time to live, point-in-time recovery, and protection from
 * deletion where the table before has it. What a table has already stays.
 */
export async function completeTables(
  { client, pause }: Restorer,
  { from, into }: { readonly from: TableNames; readonly into: TableNames },
): Promise<void> {
  for (const store of STORES) {
    const TableName = into[store];
    const { StreamSpecification, DeletionProtectionEnabled } = await untilActive({ client, pause }, TableName);
    if (TABLES[store].hasStream && !StreamSpecification?.StreamEnabled) {
      const stream = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
      await client.send(new UpdateTableCommand({ TableName, StreamSpecification: stream }));
      await untilActive({ client, pause }, TableName);
    }
    const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    if (ttl?.TimeToLiveStatus !== 'ENABLED' && ttl?.TimeToLiveStatus !== 'ENABLING') {
      const TimeToLiveSpecification = { AttributeName: TTL_ATTRIBUTE, Enabled: true };
      await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    }
    await recoverable(client, TableName);
    const isProtected = (await describe(client, from[store]))?.DeletionProtectionEnabled ?? true;
    if (isProtected && !DeletionProtectionEnabled) {
      await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
      await untilActive({ client, pause }, TableName);
    }
  }
}

async function recoverable(client: DynamoDBClient, TableName: string): Promise<void> {
  const { ContinuousBackupsDescription: now } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  if (now?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED') return;
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: RECOVERY_DAYS },
    }),
  );
}

/** Returns tables as a template refers to them. */
export async function describeTables(
  client: DynamoDBClient,
  names: TableNames,
): Promise<Readonly<Record<StoreName, RestoredTable>>> {
  const described = await Promise.all(
    STORES.map(async (store): Promise<[StoreName, RestoredTable]> => {
      const { TableArn: arn = '', LatestStreamArn: streamArn } = (await describe(client, names[store])) ?? {};
      return [store, { name: names[store], arn, streamArn }];
    }),
  );
  return Object.fromEntries(described) as Record<StoreName, RestoredTable>;
}

async function describe(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function untilActive({ client, pause }: Restorer, name: string): Promise<TableDescription> {
  for (;;) {
    const table = await describe(client, name);
    if (table?.TableStatus === 'ACTIVE') return table;
    await pause();
  }
}
