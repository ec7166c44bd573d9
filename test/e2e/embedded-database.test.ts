import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { createTables } from '../../src/local/database/create-tables.ts';
import { databaseFile, startDatabase } from '../../src/local/database/embedded-database.ts';
import { importTables } from '../../src/local/database/import-tables.ts';
import { createTableInput } from '../../src/storage/tables.ts';

const tables = {
  parks: 'parks',
  enterprises: 'enterprises',
  talent: 'talent',
  linkages: 'linkages',
  credentials: 'credentials',
  personKeys: 'personKeys',
};
const item = { pk: { S: 'park_a' }, sk: { S: 'PARK' } };
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const client = (endpoint: string) =>
  new DynamoDB({ endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

/** A process of its own that holds the folder's database. */
async function holder() {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../fixtures/hold-database.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(child.stdout, 'data');
  return {
    endpoint: String(line).trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('keeps what was acknowledged when it is killed, and makes tables once', async () => {
  const database = await startDatabase({ dataDir });
  expect(await createTables(database.endpoint, tables)).toEqual(Object.keys(tables));
  const dynamodb = client(database.endpoint);
  await dynamodb.putItem({ TableName: 'parks', Item: item });
  await database.kill9();
  await database.restart();
  // As one that a later version adds.
  await dynamodb.deleteTable({ TableName: tables.credentials });
  expect(await createTables(database.endpoint, tables)).toEqual(['credentials']);
  const { Item } = await dynamodb.getItem({ TableName: 'parks', Key: item });
  const { TimeToLiveDescription } = await dynamodb.describeTimeToLive({ TableName: 'parks' });
  await database.stop();

  expect(Item).toEqual(item);
  expect(TimeToLiveDescription).toEqual({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
});

test('adds the indexes that a table of an older version lacks, filled from its items', async () => {
  const database = await startDatabase({ dataDir });
  const dynamodb = client(database.endpoint);
  const key = { gsi2pk: { S: 'zone_teda#PARKS' }, gsi2sk: { S: 'a' } };
  const { GlobalSecondaryIndexes: _, AttributeDefinitions = [], ...older } = createTableInput('parks', 'parks');
  await dynamodb.createTable({ ...older, AttributeDefinitions: AttributeDefinitions.slice(0, 2) });
  await dynamodb.putItem({ TableName: 'parks', Item: { ...item, ...key } });
  expect(await createTables(database.endpoint, tables)).not.toContain('parks');
  const { Items } = await dynamodb.query({
    TableName: 'parks',
    IndexName: 'gsi2',
    KeyConditionExpression: 'gsi2pk = :zone',
    ExpressionAttributeValues: { ':zone': key.gsi2pk },
  });
  const { Table } = await dynamodb.describeTable({ TableName: 'parks' });
  await database.stop();

  expect(Items).toEqual([{ ...item, ...key }]);
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['gsi1', 'gsi2', 'gsi3']);
});

test('takes items from an export, and only into an empty folder', async () => {
  const source = join(dataDir, 'export');
  mkdirSync(join(source, 'parks/data'), { recursive: true });
  writeFileSync(join(source, 'parks/data/1.json'), `${JSON.stringify({ Item: item })}\n`);
  await importTables(databaseFile(dataDir), tables, source);
  await expect(importTables(databaseFile(dataDir), tables, source)).rejects.toMatchObject({ code: 'CONFIGURATION' });

  const database = await startDatabase({ dataDir });
  await createTables(database.endpoint, tables);
  const dynamodb = client(database.endpoint);
  const { Item } = await dynamodb.getItem({ TableName: 'parks', Key: item });
  const { TimeToLiveDescription } = await dynamodb.describeTimeToLive({ TableName: 'parks' });
  const { Table } = await dynamodb.describeTable({ TableName: 'parks' });
  await database.stop();

  expect(Item).toEqual(item);
  expect(TimeToLiveDescription).toEqual({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
  expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
});

test('has an index for the largest sequence number of a stream', async () => {
  const database = await startDatabase({ dataDir });
  await createTables(database.endpoint, tables);
  await database.stop();
  const file = new DatabaseSync(database.file);
  const plan = file
    .prepare(
      "EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'x'",
    )
    .all();
  file.close();
  expect(JSON.stringify(plan)).toContain('bh_seq');
});

test('refuses a second start on the same data, and lets go of them when it stops', async () => {
  const first = await startDatabase({ dataDir });
  await expect(startDatabase({ dataDir })).rejects.toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringContaining('in use by another running Bridgehead'),
  });
  await first.stop();
  const second = await startDatabase({ dataDir });
  await second.stop();
});

test('refuses a start on data that another process holds, and ends what that one leaves when it is killed', async () => {
  const other = await holder();
  await expect(startDatabase({ dataDir })).rejects.toThrow('in use by another running Bridgehead');

  await other.kill();
  expect(await answers(other.endpoint)).toBe(true);
  const database = await startDatabase({ dataDir });
  expect(await answers(other.endpoint)).toBe(false);
  expect(await answers(database.endpoint)).toBe(true);
  await database.stop();
});

test('leaves a process alone that has only the number of an earlier database', async () => {
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  writeFileSync(join(dataDir, 'database.pid'), `${stranger.pid}\n`);
  const database = await startDatabase({ dataDir });
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  expect(readFileSync(join(dataDir, 'database.pid'), 'utf8')).not.toBe(`${stranger.pid}\n`);
  await database.stop();
  stranger.kill();
  await once(stranger, 'exit');
});

test('starts again when it is killed, on the same port with its data, and gives up after five times', async () => {
  const database = await startDatabase({ dataDir });
  await createTables(database.endpoint, tables);
  const dynamodb = client(database.endpoint);
  await dynamodb.putItem({ TableName: 'parks', Item: item });
  const pidFile = join(dataDir, 'database.pid');
  // Between two runs there is no such file: one that is killed before its start was noticed is forgotten.
  const pid = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined);
  const otherPid = async (killed?: number) => {
    let found = pid();
    while (found === undefined || found === killed) {
      await sleep(5);
      found = pid();
    }
    return found;
  };
  let isOver = false;
  void database.died.then(() => {
    isOver = true;
  });
  let running = await otherPid();
  for (let kills = 1; kills <= 5; kills++) {
    process.kill(running, 'SIGKILL');
    running = await otherPid(running);
    const { Item } = await dynamodb.getItem({ TableName: 'parks', Key: item });
    expect([Item, isOver]).toEqual([item, false]);
  }
  process.kill(running, 'SIGKILL');
  await database.died;
  expect(await answers(database.endpoint)).toBe(false);
  await database.stop();
});

test('is not started again once it is asked to end', async () => {
  const database = await startDatabase({ dataDir });
  process.kill(Number(readFileSync(join(dataDir, 'database.pid'), 'utf8')), 'SIGKILL');
  while (await answers(database.endpoint)) await sleep(1);
  await database.stop();
  expect(await answers(database.endpoint)).toBe(false);
  await (await startDatabase({ dataDir })).stop();
});
