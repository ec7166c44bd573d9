import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import { setEnabled } from '../../src/notify/endpoint-life.ts';
import { entriesOfCase, entriesOfZone, redriveEntry, replayEntries } from '../../src/storage/talent/webhooks/replay.ts';
import { childEnvironment } from '../child-environment.ts';
import { type Received, startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Telling again: all that an endpoint wants of a time or a case, one entry that was given up, by command. */

const root = join(import.meta.dirname, '../..');
const HOUR = 3_600_000;

let system: TestSystem;
let world: ReturnType<typeof webhookWorld>;
let receiver: WebhookReceiver;

beforeAll(async () => {
  system = await startTestSystem();
  world = webhookWorld(system);
});
afterAll(() => system.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.stop());

const idOf = ({ headers }: Received) => headers['webhook-id'];

test('a replay tells again what an endpoint wants of a case or of a span of time, with the ids of then', async () => {
  const zone = world.newZone();
  const { facts } = await world.endpoint(zone, receiver.url);
  const entries = [...(await world.entries(zone, 2)), ...(await world.entries(zone, 1, { ago: 3 * HOUR }))];
  await deliverEntries(world.notifier(), entries);
  const before = receiver.take().map(idOf);
  expect(before).toHaveLength(2);

  const [ofCase] = entries;
  const again = await entriesOfCase(world.outbox(), ofCase?.caseId ?? '');
  expect(await replayEntries(world.outbox(), facts.id, again, new Date())).toBe(2);
  expect(await world.waiting(entries)).toBe(2);
  await deliverDue(world.notifier(1_000));
  expect(receiver.take().map(idOf).toSorted()).toEqual(before.toSorted());

  const span = { from: new Date(Date.now() - 25 * HOUR).toISOString(), to: new Date().toISOString() };
  let count = 0;
  for await (const found of entriesOfZone(world.outbox(), zone, span.from, span.to)) {
    count += await replayEntries(world.outbox(), facts.id, found, new Date());
  }
  expect(count).toBe(3);
  await deliverDue(world.notifier(1_000));
  // The one from before its making too: a replay is how it learns of it.
  expect(new Set(receiver.take().map(idOf)).size).toBe(3);
  expect(await world.waiting(entries)).toBe(0);
});

test('who has given a case away is told of that again too', async () => {
  const [before, after] = [world.newZone(), world.newZone()];
  const { facts } = await world.endpoint(before, receiver.url);
  const entries = await world.entries(after, 1, { kind: 'TRANSFERRED', from: before });
  await deliverEntries(world.notifier(), entries);
  const [told] = receiver.take().map(idOf);
  const at = entries[0]?.at ?? '';
  for await (const found of entriesOfZone(world.outbox(), before, at, at)) {
    expect(await replayEntries(world.outbox(), facts.id, found, new Date())).toBe(1);
  }
  await deliverDue(world.notifier(1_000));
  expect(receiver.take().map(idOf)).toEqual([told]);
});

test('a replay that comes while an entry is being told is not lost', async () => {
  const zone = world.newZone();
  const { facts } = await world.endpoint(zone, receiver.url);
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  receiver.reply = async () => {
    await replayEntries(world.outbox(), facts.id, [{ caseId: entry.caseId, entry: entry.sk }], new Date());
    return { status: 204 };
  };
  await deliverEntries(world.notifier(), [entry]);
  expect(await world.waiting([entry])).toBe(1);
  receiver.reply = () => ({ status: 204 });
  await deliverDue(world.notifier(1_000));
  const [first, second] = receiver.take().map(idOf);
  expect([first, await world.waiting([entry])]).toEqual([second, 0]);
});

test('what was given up is told again when it is redriven by its key, to whom it was given up for only', async () => {
  const zone = world.newZone();
  const other = await startWebhookReceiver();
  const { facts } = await world.endpoint(zone, receiver.url);
  await world.endpoint(zone, other.url);
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  receiver.reply = () => ({ status: 410 });
  await deliverEntries(world.notifier(), [entry]);
  expect([receiver.take().length, other.take().length]).toEqual([1, 1]);
  receiver.reply = () => ({ status: 204 });
  await setEnabled(world.endpoints(), { zone, id: facts.id, isEnabled: true, now: new Date() });
  const name = { caseId: entry.caseId, entry: entry.sk };
  expect(await redriveEntry(world.outbox(), name, new Date())).toEqual([facts.id]);
  await deliverDue(world.notifier(1_000));
  expect([receiver.take().length, other.take().length]).toEqual([1, 0]);
  const stored = await world.stored(entry);
  expect(stored).toMatchObject({ delivered: true, givenUpFor: [] });
  expect(await redriveEntry(world.outbox(), { ...name, entry: '000099' }, new Date())).toBeNull();
  await other.stop();
});

test('the command makes, lists and replays', async () => {
  const zone = 'zone_command';
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  const run = (...words: string[]) =>
    promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/webhooks.ts'), ...words],
      { env: childEnvironment({ DYNAMODB_ENDPOINT: system.endpoint, DATA_DIR: dataDir }), cwd: root },
    );
  const made = await run('create', '--zone', zone, '--url', receiver.url, '--types', 'case.submitted');
  expect(made.stdout).toMatch(/^whsec_[\w+/]{43}=\n$/);
  const [id = ''] = /hook_\w+/.exec(made.stderr) ?? [];
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  const [listed, replayed, undelivered] = await Promise.all([
    run('list', '--zone', zone),
    run('replay', '--zone', zone, '--endpoint', id, '--from', entry.at),
    run('undelivered'),
  ]);
  expect(listed.stdout).toMatch(new RegExp(`^${id} {2}${receiver.url} {2}case.submitted {2}enabled`));
  expect(replayed.stderr).toBe(`1 entries are sent again to ${id}.\n`);
  expect(undelivered.stdout).toContain(`${entry.caseId}/000001\n`);
  rmSync(dataDir, { recursive: true });
});
