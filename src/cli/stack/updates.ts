import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackImportComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { parseTemplate, type Template } from './template.ts';

/** An hour: the roles and mappings of some thirty functions are replaced. */
const UPDATE_TIMEOUT_S = 3_600;
/** Seconds between two looks at a stack; at an emulator's, a fraction. */
const PAUSE_S = 10;
const EMULATOR_PAUSE_S = 0.1;
const Capabilities = ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const];

/** A table that a stack takes over: its logical id and its name. */
export interface ImportedTable {
  readonly logicalId: string;
  readonly name: string;
}

/** Updates of one stack by whole templates. Each waits until the stack is done. */
export interface StackUpdates {
  /** Returns the template as it was deployed; null where there is no stack. */
  template(): Promise<Template | null>;
  update(template: Template): Promise<void>;
  /** Imports tables that the template has and the stack lacks. */
  importTables(template: Template, tables: readonly ImportedTable[]): Promise<void>;
  /** Deletes all versions of all objects in the stack's buckets, which CloudFormation can't delete otherwise. */
  emptyBuckets(): Promise<void>;
  close(): void;
}

export async function openStackUpdates(stack: string, region: string): Promise<StackUpdates> {
  const isEmulated = config().dynamodbEndpoint !== undefined;
  const client = new CloudFormationClient({ region });
  const s3 = new S3Client({ region, forcePathStyle: isEmulated });
  const pause = isEmulated ? EMULATOR_PAUSE_S : PAUSE_S;
  const wait = { client, maxWaitTime: UPDATE_TIMEOUT_S, minDelay: pause, maxDelay: pause };
  const StackName = stack;
  return {
    async template() {
      try {
        const { TemplateBody = '' } = await client.send(
          new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
        );
        return parseTemplate(TemplateBody);
      } catch (error) {
        if (error instanceof Error && error.name === 'ValidationError') return null;
        throw error;
      }
    },
    async update(template) {
      const TemplateURL = await upload(template);
      await client.send(new UpdateStackCommand({ StackName, TemplateURL, Capabilities }));
      await waitUntilStackUpdateComplete(wait, { StackName });
    },
    async importTables(template, tables) {
      const named = { StackName, ChangeSetName: `restore-${Date.now()}` };
      await client.send(
        new CreateChangeSetCommand({
          ...named,
          ChangeSetType: 'IMPORT',
          TemplateURL: await upload(template),
          Capabilities,
          ResourcesToImport: tables.map(({ logicalId, name }) => ({
            LogicalResourceId: logicalId,
            ResourceType: 'AWS::DynamoDB::Table',
            ResourceIdentifier: { TableName: name },
          })),
        }),
      );
      await waitUntilChangeSetCreateComplete(wait, named).catch(async (cause) => {
        const { StatusReason } = await client.send(new DescribeChangeSetCommand(named));
        throw new CodedError('CONFIGURATION', `The tables can't be imported: ${StatusReason}`, { cause });
      });
      await client.send(new ExecuteChangeSetCommand(named));
      await waitUntilStackImportComplete(wait, { StackName });
    },
    async emptyBuckets() {
      const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
      for (const { ResourceType, PhysicalResourceId, LogicalResourceId } of StackResources) {
        // osls empties its own bucket.
        if (ResourceType !== 'AWS::S3::Bucket' || LogicalResourceId === 'ServerlessDeploymentBucket') continue;
        if (PhysicalResourceId) await empty(s3, PhysicalResourceId);
      }
    },
    close() {
      client.destroy();
      s3.destroy();
    },
  };

  /** Puts a template into the stack's own bucket: it is larger than a call's limit. Returns its address. */
  async function upload(template: Template): Promise<string> {
    const { StackResourceDetail: bucket } = await client.send(
      new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'ServerlessDeploymentBucket' }),
    );
    const [Bucket, Key] = [bucket?.PhysicalResourceId ?? '', 'updates/template.json'];
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(template) }));
    return `https://s3.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}/${Bucket}/${Key}`;
  }
}

async function empty(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
}
