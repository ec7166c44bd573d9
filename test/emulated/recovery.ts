import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { openCase, stateOf } from './case.ts';
import type { Emulator } from './emulator.ts';
import { clientOf, runCommandOnStack, type Stack } from './stack.ts';
import { expectEqual, step } from './steps.ts';
import type { Scene } from './story.ts';

/**
 * Restores all tables of the stack as an operator does, and asks the stack again. The emulator copies the present items: what
 * a moment of the past has is shown by test/e2e/restore-drill.test.ts.
 */
export async function recover({ emulator, stack, api }: Scene): Promise<void> {
  await step('a person is erased by the function, which records it outside of the tables', async () => {
    await openCase(api, ['applicant', { person: 'emulated-erased' }]);
    const erase = ['erase', '--person', 'emulated-erased', '--despite-retention'];
    await runCommandOnStack(emulator, 'persons', ...erase);
    expectEqual((await entriesOf(emulator, stack)).length, 1);
  });
  await step('all tables are restored into new ones, and the stack is switched to them', async () => {
    const { id } = await openCase(api);
    const moment = new Date(Date.now() - 1_000).toISOString();
    await runCommandOnStack(emulator, 'data/restore', '--to', moment, '--yes');
    expectEqual(await stateOf(api, id), 'DRAFT');
    const restored = (await tablesOf(emulator)).filter((name) => name.endsWith('-g2'));
    expectEqual(restored.length, 6);
    const sources = await sourcesOf(emulator);
    expectEqual(
      sources.filter((arn) => !arn.includes('-g2/stream/')),
      [],
    );
  });
}

async function entriesOf(emulator: Emulator, stack: Stack): Promise<readonly unknown[]> {
  const client = new S3Client({ ...clientOf(emulator), forcePathStyle: true });
  const Bucket = stack.resources.get('ErasuresBucket');
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'erasures/' }));
  client.destroy();
  return Contents;
}

async function tablesOf(emulator: Emulator): Promise<readonly string[]> {
  const client = new DynamoDBClient(clientOf(emulator));
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
  client.destroy();
  return names;
}

async function sourcesOf(emulator: Emulator): Promise<readonly string[]> {
  const client = new LambdaClient(clientOf(emulator));
  const sources: string[] = [];
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, {})) {
    sources.push(...EventSourceMappings.flatMap(({ EventSourceArn }) => EventSourceArn ?? []));
  }
  client.destroy();
  return sources;
}
