import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { type Emulator, REGION } from './emulator.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVERLESS = join(ROOT, 'node_modules/serverless/bin/serverless.js');
const STAGE = 'emulated';
export const STACK = `bridgehead-${STAGE}`;

/** A client's settings that reach the emulator as its root user. */
export const clientOf = ({ endpoint }: Emulator) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export interface Stack {
  /** The address of the HTTP API. */
  readonly url: string;
  /** The physical ids of the resources, by logical id. */
  readonly resources: ReadonlyMap<string, string>;
}

/** Parameters of a deployment, by name. */
export type Params = Readonly<Record<string, string>>;

/** Runs a Node program to its end. Returns its standard output; throws with all that it said if it fails. */
export const runNode = (emulator: Emulator, file: string, ...args: readonly string[]) =>
  runNodeIn(ROOT, emulator, file, ...args);

async function runNodeIn(cwd: string, emulator: Emulator, file: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    cwd,
    env: emulator.env,
  });
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<[number | null]>((resolve) => child.once('exit', (code) => resolve([code]))),
  ]);
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}\n${out}${err}`);
  return out;
}

/** Runs a command of `src/cli` on the stack. */
export const runCommandOnStack = (emulator: Emulator, command: string, ...args: readonly string[]) =>
  runNode(emulator, join(ROOT, 'src/cli', `${command}.ts`), ...args, '--stack', STACK);

/**
 * Deploys the packaged functions, with settings as an operator gives them.
 * @param project the folder of serverless.yml
 */
export async function deploy(emulator: Emulator, params: Params, project = ROOT): Promise<Stack> {
  const given = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  await runNodeIn(project, emulator, SERVERLESS, 'deploy', '--stage', STAGE, '--region', REGION, ...given);
  const client = new CloudFormationClient(clientOf(emulator));
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: STACK }));
  client.destroy();
  const resources = new Map(
    StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
  await takeLoopbackForTls(emulator, resources.get('UploadsBucket'));
  return { url: `${emulator.endpoint}/_aws/execute-api/${resources.get('HttpApi')}/$default`, resources };
}

/** Lifts the bucket's rule that refuses connections without TLS, as those of loopback are. */
async function takeLoopbackForTls(emulator: Emulator, bucket: string | undefined): Promise<void> {
  const client = new S3Client({ ...clientOf(emulator), forcePathStyle: true });
  await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
  client.destroy();
}

/** Removes the stack as an operator does. Returns whether it is gone. */
export async function remove(emulator: Emulator): Promise<boolean> {
  await runNode(emulator, join(ROOT, 'src/cli/stack/remove.ts'), '--stage', STAGE);
  const client = new CloudFormationClient(clientOf(emulator));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    return Stacks.every(({ StackStatus }) => StackStatus === 'DELETE_COMPLETE');
  } catch {
    return true;
  } finally {
    client.destroy();
  }
}
