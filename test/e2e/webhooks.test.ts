import { Webhook } from 'standardwebhooks';
import { config, configure } from '../../src/config.ts';
import { RETRY_DELAYS_MS } from '../../src/domain/webhooks/delivery-retry.ts';
import { processConnection } from '../../src/handlers/process.ts';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { undeliveredEntries } from '../../src/storage/talent/webhooks/outbox.ts';
import { type DynamoProbe, probe } from '../dynamo-probe.ts';
import { insertsOf } from '../fixtures/stream.ts';
import { type Received, startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** From the outbox to a zone's systems: each entry once, whatever the stream and the receivers do. */

const MINUTE = 60_000;

let system: TestSystem;
let world: ReturnType<typeof webhookWorld>;
let receiver: WebhookReceiver;
let handler: typeof import('../../src/handlers/streams/case-changes.ts').handler;
let ofHandlers: DynamoProbe;
let sweeper: typeof import('../../src/handlers/schedules/sweep-outbox.ts').handler;

beforeAll(async () => {
  system = await startTestSystem();
  configure({
    mode: 'local',
    dynamodbEndpoint: system.endpoint,
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler } = await import('../../src/handlers/streams/case-changes.ts'));
  ({ handler: sweeper } = await import('../../src/handlers/schedules/sweep-outbox.ts'));
  ofHandlers = probe(processConnection(config()).dynamo);
  world = webhookWorld(system);
});
afterAll(() => system.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.stop());

const sequenceOf = ({ body }: Received) => JSON.parse(body).data.sequence;
const idOf = ({ headers }: Received) => String(headers['webhook-id']);

test('an entry is told once, signed, and leaves the index', async () => {
  const zone = world.newZone();
  const { text, facts } = await world.endpoint(zone, receiver.url);
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  await handler(insertsOf([entry]));
  const [told, ...others] = receiver.take();
  if (!told) throw new Error('nothing came');
  expect(others).toEqual([]);
  expect(new Webhook(text).verify(told.body, told.headers as Record<string, string>)).toEqual({
    type: 'case.submitted',
    timestamp: entry.at,
    data: { case: entry.caseId, sequence: 1, zone },
  });
  expect(told.headers['content-type']).toBe('application/json');
  const stored = await world.stored(entry);
  expect(stored).toMatchObject({ delivered: true, givenUpFor: [], ttl: expect.any(Number) });
  expect(stored).not.toHaveProperty('gsi1pk');
  expect(await world.delivery(entry, facts.id)).toMatchObject({ state: 'DELIVERED', attempts: 1, lastStatus: 204 });
});

test('records that come twice and in no order have one effect each', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const entries = await world.entries(zone, 20);
  const shuffled = entries.toSorted((a, b) => ((a.sequence * 7) % 20) - ((b.sequence * 7) % 20));
  await handler(insertsOf([...shuffled, ...entries.slice(0, 7)]));
  await handler(insertsOf(entries));
  const told = receiver.take();
  expect(told.map(sequenceOf).toSorted((a, b) => a - b)).toEqual(entries.map(({ sequence }) => sequence));
  expect(new Set(told.map(idOf)).size).toBe(20);
  expect(await world.waiting(entries)).toBe(0);
});

test('two consumers and a sweeper at once tell each entry once', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const entries = await world.entries(zone, 12, { ago: MINUTE });
  receiver.reply = () => new Promise((answer) => setTimeout(() => answer({ status: 200 }), 20));
  await Promise.all([
    handler(insertsOf(entries)),
    handler(insertsOf(entries.toReversed())),
    deliverDue(world.notifier()),
  ]);
  expect(receiver.take()).toHaveLength(12);
  await deliverDue(world.notifier(2 * MINUTE));
  expect(receiver.take()).toEqual([]);
  expect(await world.waiting(entries)).toBe(0);
});

test('poison keeps nothing else from being told, and is set aside where it is found', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const [good, bad, last] = await world.entries(zone, 3);
  if (!good || !bad || !last) throw new Error('no entries');
  await system.write('talent', [{ ...bad, zoneId: 17 } as PrimaryKey]);
  const { Records } = insertsOf([good, bad, last, { pk: 'case_x', sk: 'CASE' }]);
  const image = { NewImage: { type: { S: 'Outbox' } } };
  const withoutKeys = { eventName: 'INSERT' as const, dynamodb: { SequenceNumber: '9', ...image } };
  await handler({ Records: [withoutKeys, ...Records] });
  expect(receiver.take().map(sequenceOf)).toEqual(expect.arrayContaining([1, 3]));
  expect((await deliverDue(world.notifier(MINUTE))).due).toBe(0);
  expect(await undeliveredEntries(world.outbox())).toContainEqual({ pk: bad.pk, sk: bad.sk });
});

test('where the store is busy, the records that it concerns come again, and nothing is told twice', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const entries = await world.entries(zone, 3);
  system.dynamo.throttle('Update', 1);
  const failed = await deliverEntries(world.notifier(), entries);
  expect(failed).toHaveLength(1);
  expect(receiver.take()).toHaveLength(2);
  expect(await deliverEntries(world.notifier(), entries)).toEqual([]);
  expect(receiver.take()).toHaveLength(1);
  expect(await world.waiting(entries)).toBe(0);
});

test('where the store is busy, the batch comes again, and what was told is not told twice', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const entries = await world.entries(zone, 3);
  ofHandlers.throttle('Update', 1);
  const all = insertsOf(entries).Records.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber }));
  expect(await handler(insertsOf(entries))).toEqual({ batchItemFailures: all });
  expect(receiver.take()).toHaveLength(2);
  await handler(insertsOf(entries));
  expect(receiver.take()).toHaveLength(1);
  ofHandlers.throttle('BatchGet', 1);
  expect(await handler(insertsOf(entries))).toEqual({ batchItemFailures: all });
});

test('who calls strangers’ addresses takes keys of the outbox, and nothing of the stream', async () => {
  const { handler: deliver } = await import('../../src/handlers/invoked/deliver-outbox.ts');
  for (const wrong of [insertsOf([{ pk: 'case_1', sk: 'CASE' }]), { entries: [{ pk: 'case_1', sk: 'CASE' }] }]) {
    await expect(deliver(wrong)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }
});

test('what is committed though its answer is lost has happened once', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const entries = await world.entries(zone, 2);
  const before = system.dynamo.answersLost();
  system.dynamo.loseAnswers(6, 'Update');
  expect(await deliverEntries(world.notifier(), entries)).toEqual([]);
  expect(system.dynamo.answersLost() - before).toBe(6);
  expect(receiver.take()).toHaveLength(2);
  expect(await world.waiting(entries)).toBe(0);
});

test('a receiver that is down is told later, with the same id, and others don’t wait for it', async () => {
  const zone = world.newZone();
  const other = await startWebhookReceiver();
  const down = await world.endpoint(zone, receiver.url);
  await world.endpoint(zone, other.url);
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  receiver.reply = () => ({ status: 500 });
  await handler(insertsOf([entry]));
  expect([receiver.take().length, other.take().length]).toEqual([1, 1]);
  expect(await world.delivery(entry, down.facts.id)).toMatchObject({ state: 'WAITING', attempts: 1, lastStatus: 500 });
  expect(await world.waiting([entry])).toBe(1);

  await deliverDue(world.notifier(4_000));
  expect(receiver.take()).toEqual([]);
  receiver.reply = () => 'HANG_UP';
  await deliverDue(world.notifier(10_000));
  const [second] = receiver.take();
  receiver.reply = () => ({ status: 202 });
  await deliverDue(world.notifier(5 * MINUTE));
  expect(receiver.take()).toEqual([]);
  await deliverDue(world.notifier(7 * MINUTE));
  const [third] = receiver.take();
  expect([second && idOf(second), other.take().length]).toEqual([third && idOf(third), 0]);
  expect(await world.stored(entry)).toMatchObject({ delivered: true });
  await other.stop();
});

test('what a receiver asks for by retry-after is kept to', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const entries = await world.entries(zone);
  receiver.reply = () => ({ status: 429, headers: { 'retry-after': '3600' } });
  await handler(insertsOf(entries));
  receiver.take();
  receiver.reply = () => ({ status: 204 });
  await deliverDue(world.notifier(59 * MINUTE));
  expect(receiver.take()).toEqual([]);
  await deliverDue(world.notifier(61 * MINUTE));
  expect(receiver.take()).toHaveLength(1);
});

test('after the last attempt it is given up for that endpoint, and left in peace', async () => {
  const zone = world.newZone();
  const { facts } = await world.endpoint(zone, receiver.url);
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  receiver.reply = () => ({ status: 301, headers: { location: receiver.url } });
  await handler(insertsOf([entry]));
  let later = 0;
  for (const step of RETRY_DELAYS_MS) {
    later += step * 1.2 + 1_000;
    await deliverDue(world.notifier(later));
  }
  expect(receiver.take()).toHaveLength(RETRY_DELAYS_MS.length + 1);
  expect(await world.delivery(entry, facts.id)).toMatchObject({ state: 'GIVEN_UP', lastStatus: 301 });
  expect(await world.stored(entry)).toMatchObject({ delivered: false, givenUpFor: [facts.id] });
  expect(await world.waiting([entry])).toBe(0);
});

test('a receiver that never answers takes little of a run, and nothing of another receiver’s', async () => {
  const zone = world.newZone();
  const other = await startWebhookReceiver();
  await world.endpoint(zone, receiver.url);
  await world.endpoint(zone, other.url);
  receiver.reply = () => 'HANG_UP';
  const entries = await world.entries(zone, 40);
  await handler(insertsOf(entries));
  // Those that were under way when it was found out.
  expect(receiver.take().length).toBeLessThanOrEqual(3 + 8);
  expect(other.take()).toHaveLength(40);
  receiver.reply = () => ({ status: 204 });
  await deliverDue(world.notifier(10_000));
  expect(new Set(receiver.take().map(sequenceOf)).size).toBe(40);
  expect(await world.waiting(entries)).toBe(0);
  await other.stop();
});

test('410 disables the endpoint', async () => {
  const zone = world.newZone();
  const { facts } = await world.endpoint(zone, receiver.url);
  const [first, second] = await world.entries(zone, 2);
  if (!first || !second) throw new Error('no entries');
  receiver.reply = () => ({ status: 410 });
  await handler(insertsOf([first]));
  await handler(insertsOf([second]));
  expect(receiver.take()).toHaveLength(1);
  expect(await world.stored(first)).toMatchObject({ delivered: false, givenUpFor: [facts.id] });
  expect(await world.stored(second)).toMatchObject({ delivered: true });
});

test('the sweeper tells what the stream never brought, and leaves to it what it is about to bring', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const entries = await world.entries(zone, 2);
  await sweeper();
  expect(receiver.take()).toEqual([]);
  await deliverDue(world.notifier(MINUTE));
  expect(receiver.take()).toHaveLength(2);
  expect(await world.waiting(entries)).toBe(0);
});

test('where nobody could write down that it was told, it is told again with the same id when the claim is over', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url);
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  receiver.reply = () => {
    system.dynamo.throttle('Update', 1);
    return { status: 204 };
  };
  expect(await deliverEntries(world.notifier(), [entry])).toHaveLength(1);
  const [first] = receiver.take();
  receiver.reply = () => ({ status: 204 });
  expect(await deliverEntries(world.notifier(29_000), [entry])).toEqual([]);
  expect(receiver.take()).toEqual([]);
  await deliverDue(world.notifier(31_000));
  const [second] = receiver.take();
  expect(second && idOf(second)).toBe(first && idOf(first));
  expect(await world.stored(entry)).toMatchObject({ delivered: true });
});
