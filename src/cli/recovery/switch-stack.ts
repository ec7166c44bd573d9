import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackImportComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { STORES, type StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { LOGICAL_ID_OF_TABLE } from './generation.ts';
import {
  detachedTemplate,
  importingTemplate,
  parseTemplate,
  type RestoredTable,
  type Template,
} from './stack-templates.ts';

/** An hour: the roles and mappings of some thirty functions are replaced. */
const UPDATE_TIMEOUT_S = 3_600;
const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] as const;

export interface StackClients {
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  /** Seconds between two looks at the stack. */
  readonly pauseSeconds: number;
  /** Told of each step before it begins. */
  readonly onStep: (step: string) => void;
}

/**
 * Has a stack work on restored tables, in three updates: without its tables, whose places the restored ones take by name;
 * with the restored ones, which CloudFormation imports; and by the template that it had. The first is the switch. The
 * tables before stay and belong to no stack.
 * @throws CodedError CONFIGURATION where the stack's template lacks its tables: an earlier switch was cut short
 */
export async function switchStack(
  clients: StackClients,
  stack: string,
  restored: Readonly<Record<StoreName, RestoredTable>>,
): Promise<void> {
  const { cloudFormation, onStep } = clients;
  const { TemplateBody = '' } = await cloudFormation.send(
    new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }),
  );
  const template = parseTemplate(TemplateBody);
  const tables = new Map(STORES.map((store) => [LOGICAL_ID_OF_TABLE[store], restored[store]]));
  for (const id of tables.keys()) {
    if (template.Resources[id] !== undefined) continue;
    throw new CodedError('CONFIGURATION', `The stack ${stack} has no ${id}: deploy its version again, then repeat.`);
  }
  onStep('Functions, roles and mappings are switched to the restored tables');
  await updateStack(clients, stack, detachedTemplate(template, tables));
  onStep('The restored tables are imported into the stack');
  await importTables(clients, stack, { template: importingTemplate(template, tables), tables });
  onStep('The stack gets its own template back');
  await updateStack(clients, stack, template);
}

async function updateStack(clients: StackClients, stack: string, template: Template): Promise<void> {
  const { cloudFormation, pauseSeconds } = clients;
  const TemplateURL = await upload(clients, stack, template);
  await cloudFormation.send(new UpdateStackCommand({ StackName: stack, TemplateURL, Capabilities: [...CAPABILITIES] }));
  await waitUntilStackUpdateComplete(waiting(cloudFormation, pauseSeconds), { StackName: stack });
}

async function importTables(
  clients: StackClients,
  stack: string,
  { template, tables }: { readonly template: Template; readonly tables: ReadonlyMap<string, RestoredTable> },
): Promise<void> {
  const { cloudFormation, pauseSeconds } = clients;
  const named = { StackName: stack, ChangeSetName: `restore-${Date.now()}` };
  await cloudFormation.send(
    new CreateChangeSetCommand({
      ...named,
      ChangeSetType: 'IMPORT',
      TemplateURL: await upload(clients, stack, template),
      Capabilities: [...CAPABILITIES],
      ResourcesToImport: Array.from(tables, ([LogicalResourceId, { name }]) => ({
        LogicalResourceId,
        ResourceType: 'AWS::DynamoDB::Table',
        ResourceIdentifier: { TableName: name },
      })),
    }),
  );
  const wait = waiting(cloudFormation, pauseSeconds);
  await waitUntilChangeSetCreateComplete(wait, named).catch(async (cause) => {
    const { StatusReason } = await cloudFormation.send(new DescribeChangeSetCommand(named));
    throw new CodedError('CONFIGURATION', `The restored tables can't be imported: ${StatusReason}`, { cause });
  });
  await cloudFormation.send(new ExecuteChangeSetCommand(named));
  await waitUntilStackImportComplete(wait, { StackName: stack });
}

const waiting = (client: CloudFormationClient, pauseSeconds: number) => ({
  client,
  maxWaitTime: UPDATE_TIMEOUT_S,
  minDelay: pauseSeconds,
  maxDelay: pauseSeconds,
});

/** Puts a template into the stack's own bucket: it is larger than a call's limit. Returns its address. */
async function upload({ cloudFormation, s3 }: StackClients, stack: string, template: Template): Promise<string> {
  const { StackResourceDetail: bucket } = await cloudFormation.send(
    new DescribeStackResourceCommand({ StackName: stack, LogicalResourceId: 'ServerlessDeploymentBucket' }),
  );
  const Bucket = bucket?.PhysicalResourceId ?? '';
  const Key = 'restore/template.json';
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(template) }));
  const region = await s3.config.region();
  return `https://s3.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}/${Bucket}/${Key}`;
}
