import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { erasureEntry } from '../../src/storage/person-keys/erasures.ts';
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
  await step('the register has an erasure that the tables to restore know nothing of', async () => {
    await openCase(api, ['applicant', { person: 'emulated-later' }]);
    await recordErasure(emulator, stack);
  });
  await step('all tables are restored into new ones, and the stack is switched to them', async () => {
    const { id } = await openCase(api);
    const moment = new Date(Date.now() - 1_000).toISOString();
    const said = await runCommandOnStack(emulator, 'data/restore', '--to', moment, '--yes');
    if (!said.includes('1 persons who were erased since are erased again')) throw new Error(said);
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

async function entriesOf(emulator: Emulator, stack: Stack): Promise<readonly string[]> {
  const client = new S3Client({ ...clientOf(emulator), forcePathStyle: true });
  const Bucket = stack.resources.get('ErasuresBucket');
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'erasures/' }));
  client.destroy();
  return Contents.flatMap(({ Key }) => Key ?? []);
}

/** Records a second erasure in the form of the first one, as if its person had been erased after the moment of a restore. */
async function recordErasure(emulator: Emulator, stack: Stack): Promise<void> {
  const client = new S3Client({ ...clientOf(emulator), forcePathStyle: true });
  const Bucket = stack.resources.get('ErasuresBucket');
  const [Key = ''] = await entriesOf(emulator, stack);
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  const [first] = erasureEntry.array().parse(JSON.parse((await Body?.transformToString()) ?? '[]'));
  const person = first?.person.replace('emulated-erased', 'emulated-later');
  const second = [{ person, erasedAt: new Date().toISOString() }];
  const name = `erasures/${crypto.randomUUID()}.json`;
  await client.send(new PutObjectCommand({ Bucket, Key: name, Body: JSON.stringify(second) }));
  client.destroy();
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
