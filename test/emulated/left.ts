import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Emulator } from './emulator.ts';
import { clientOf } from './stack.ts';

/** Returns the names of what the emulator holds: after the removal of its one stack, what the stack has left. */
export async function left(emulator: Emulator): Promise<readonly string[]> {
  const settings = clientOf(emulator);
  const names: string[] = [];
  for await (const page of paginateListTables({ client: new DynamoDBClient(settings) }, {})) {
    names.push(...(page.TableNames ?? []));
  }
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient(settings) }, {})) {
    names.push(...Functions.flatMap(({ FunctionName }) => FunctionName ?? []));
  }
  for await (const { Roles = [] } of paginateListRoles({ client: new IAMClient(settings) }, {})) {
    names.push(...Roles.flatMap(({ RoleName }) => (RoleName?.startsWith('bridgehead') ? RoleName : [])));
  }
  for await (const { SecretList = [] } of paginateListSecrets({ client: new SecretsManagerClient(settings) }, {})) {
    names.push(...SecretList.flatMap(({ Name, DeletedDate }) => (DeletedDate === undefined ? (Name ?? []) : [])));
  }
  const kms = new KMSClient(settings);
  for await (const { Keys = [] } of paginateListKeys({ client: kms }, {})) {
    for (const { KeyId } of Keys) {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      // A key waits at least seven days for its deletion. Keys of AWS belong to no stack.
      const isOurs = KeyMetadata?.KeyManager !== 'AWS' && KeyMetadata?.KeyState !== 'PendingDeletion';
      if (isOurs) names.push(`key ${KeyMetadata?.Description}`);
    }
  }
  const { Buckets = [] } = await new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({}));
  const { QueueUrls = [] } = await new SQSClient(settings).send(new ListQueuesCommand({}));
  return [...names, ...Buckets.flatMap(({ Name }) => Name ?? []), ...QueueUrls];
}
