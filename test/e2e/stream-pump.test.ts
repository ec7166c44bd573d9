import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { handOn, type StreamConsumer } from '../../src/handlers/streams/hand-on.ts';
import { databaseFile, type EmbeddedDatabase, startDatabase } from '../../src/local/database/embedded-database.ts';
import { recordFilter, startStreamPump } from '../../src/local/streams/pump.ts';
import { startRecordingProxy } from '../recording-proxy.ts';

const TABLE = 'events';
let folder: string;
let database: EmbeddedDatabase;
let dynamodb: DynamoDB;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  database = await startDatabase({ dataDir: folder });
  dynamodb = new DynamoDB({
    endpoint: database.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await dynamodb.createTable({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
});

afterEach(async () => {
  dynamodb.destroy();
  await database.stop();
  rmSync(folder, { recursive: true });
});

const write = async (keys: readonly string[], kind = 'EVENT') => {
  for (const pk of keys) {
    await dynamodb.putItem({
      TableName: TABLE,
      Item: { pk: { S: pk }, kind: { S: kind }, raw: { B: Buffer.from('x') } },
    });
  }
};

const keysOf = (event: DynamoDBStreamEvent) => event.Records.map((record) => record.dynamodb?.Keys?.pk?.S ?? '');
const failing = (event: DynamoDBStreamEvent, key: string) => ({
  batchItemFailures: event.Records.filter((record) => record.dynamodb?.Keys?.pk?.S === key).map((record) => ({
    itemIdentifier: record.dynamodb?.SequenceNumber,
  })),
});

/** Gives the items of an event the type that consumers of one reader are told apart by. */
const typed = ({ Records }: DynamoDBStreamEvent): DynamoDBStreamEvent => ({
  Records: Records.map(({ dynamodb, ...record }) => ({
    ...record,
    dynamodb: { ...dynamodb, NewImage: { ...dynamodb?.NewImage, type: { S: 'Event' } } },
  })),
});

/** A pump over the one table, with what its consumer was given. */
async function pumpTo(
  consume: (event: DynamoDBStreamEvent, call: number) => unknown,
  batchSize = 10,
  endpoint = database.endpoint,
) {
  const batches: string[][] = [];
  const events: DynamoDBStreamEvent[] = [];
  const pump = await startStreamPump({
    endpoint,
    folder: join(folder, 'streams'),
    databaseFile: databaseFile(folder),
    retryDelayMs: 1,
    consumers: [
      {
        name: 'counter',
        tableName: TABLE,
        source: {
          table: 'EventsTable',
          batchSize,
          maximumRetryAttempts: 2,
          bisectBatchOnFunctionError: true,
          reportBatchItemFailures: true,
          filterPatterns: [{ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['EVENT'] } } } }],
        },
        invoke: async (event) => {
          const given = event as DynamoDBStreamEvent;
          events.push(given);
          return consume(given, batches.push(keysOf(given)));
        },
      },
    ],
  });
  return { pump, batches, events };
}

test('hands over what the filter lets through, in order, in batches, in the shape of Lambda events', async () => {
  await write(['a', 'b', 'c']);
  await write(['tally'], 'TALLY');
  await write(['a']);
  const { pump, batches, events } = await pumpTo(() => ({ batchItemFailures: [] }), 2);
  await pump.drain();
  await pump.stop();

  expect(batches).toEqual([['a', 'b'], ['c']]);
  const record = events[0]?.Records[0];
  expect(record).toMatchObject({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: { Keys: { pk: { S: 'a' } }, NewImage: { kind: { S: 'EVENT' }, raw: { B: 'eA==' } } },
  });
  expect(typeof record?.dynamodb?.ApproximateCreationDateTime).toBe('number');
  expect(record?.eventID).toMatch(/^events\//);
});

test('asks for nothing while nothing changes, and soon after a write, also of a restarted database', async () => {
  const proxy = await startRecordingProxy(database.endpoint);
  const { pump, batches } = await pumpTo(() => undefined, 10, proxy.endpoint);
  await pump.drain();
  expect((await proxy.during(() => sleep(1_500))).length).toBeLessThanOrEqual(2);
  await write(['a']);
  const given = async (count: number) => {
    const deadline = Date.now() + 4_000;
    while (batches.length < count && Date.now() < deadline) await sleep(20);
    return batches;
  };
  expect(await given(1)).toEqual([['a']]);
  await database.kill9();
  await database.restart();
  await write(['b']);
  expect(await given(2)).toEqual([['a'], ['b']]);
  await pump.stop();
  await proxy.stop();
});

test('a record that one of two consumers fails on holds up later batches of the other until the last retry', async () => {
  await write(['a', 'bad', 'b', 'c']);
  const events: string[] = [];
  const named = (name: string): StreamConsumer => ({
    name,
    takes: { INSERT: ['Event'] },
    async process(event) {
      const keys = keysOf(event);
      if (name === 'failing' && keys.includes('bad')) throw new TypeError('a bad record');
      events.push(...keys.map((key) => `${name} ${key}`));
    },
  });
  const read = handOn([named('failing'), named('other')]);
  const { pump } = await pumpTo((event) => read(typed(event)), 3);
  await pump.drain();
  await pump.stop();
  // The first three are a batch: the other consumer is through with it at once.
  expect(events.indexOf('other b')).toBeLessThan(events.indexOf('other c'));
  expect(events.slice(0, 5).toSorted()).toEqual(
    ['failing a', 'failing b', 'other a', 'other b', 'other bad'].toSorted(),
  );
  // One try, one of half a batch, and two retries.
  expect(events.filter((each) => each === 'other bad')).toHaveLength(4);
  expect(events.slice(-2).toSorted()).toEqual(['failing c', 'other c']);
});

test('goes on after a restart where it stopped', async () => {
  await write(['a', 'b']);
  const before = await pumpTo(() => undefined);
  await before.pump.drain();
  await before.pump.stop();
  await database.kill9();
  await database.restart();
  await write(['c']);
  const after = await pumpTo(() => undefined);
  await after.pump.drain();
  await after.pump.stop();

  expect(before.batches).toEqual([['a', 'b']]);
  expect(after.batches).toEqual([['c']]);
});

test('delivers again what a stopped pump had handed over without an answer', async () => {
  await write(['a']);
  const before = await pumpTo(() => {
    throw new Error('the machine goes down');
  });
  const undelivered = before.pump.drain();
  await before.pump.stop();
  await undelivered.catch(() => undefined);
  const after = await pumpTo(() => undefined);
  await after.pump.drain();
  await after.pump.stop();

  expect(after.batches).toEqual([['a']]);
});

test('tries again from the first record that failed, and not what came before it', async () => {
  await write(['a', 'b', 'c']);
  const { pump, batches } = await pumpTo((event, call) => (call === 1 ? failing(event, 'b') : undefined));
  await pump.drain();
  await pump.stop();

  expect(batches).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c'],
  ]);
});

test('isolates one bad record, buries it after its retries, and delivers all others', async () => {
  await write(['a', 'b', 'bad', 'c']);
  const delivered: string[] = [];
  const { pump, batches } = await pumpTo((event) => {
    if (keysOf(event).includes('bad')) throw new Error('indigestible');
    delivered.push(...keysOf(event));
    return undefined;
  });
  await pump.drain();
  await pump.stop();

  expect(delivered).toEqual(['a', 'b', 'c']);
  expect(batches.filter((batch) => batch.join() === 'bad')).toHaveLength(3);
  const buried = readFileSync(join(folder, 'streams', 'counter.dead.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(buried.map((line) => JSON.parse(line).dynamodb.Keys.pk.S)).toEqual(['bad']);
});

test.each([[{ prefix: 'EV' }], [{ exists: true }], [5]])('refuses a filter with the comparison %j', (comparison) => {
  expect(() => recordFilter([{ eventName: [comparison] }])).toThrow('is not supported');
});
