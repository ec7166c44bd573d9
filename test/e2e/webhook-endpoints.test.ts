import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { startListener } from '../../src/cli/webhook-listener.ts';
import { config, configure } from '../../src/config.ts';
import { syntheticResidentId } from '../../src/domain/resident-id.ts';
import { declaredFunctions, pumpStreams } from '../../src/local/system.ts';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import { createEndpoint, removeEndpoint, rotateSecret, setEnabled } from '../../src/notify/endpoint-life.ts';
import { sendWebhook } from '../../src/notify/send.ts';
import { secretBytes } from '../../src/notify/signature.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { webhooksOfZone } from '../../src/storage/credentials/webhooks.ts';
import { entriesOfCase, entriesOfZone, redriveEntry, replayEntries } from '../../src/storage/talent/replay.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { type Received, startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Where a zone's systems are told, by which secret, and how they are told again. */

const root = join(import.meta.dirname, '../..');
const HOUR = 3_600_000;

let system: TestSystem;
let world: ReturnType<typeof webhookWorld>;
let receiver: WebhookReceiver;
let dataDir: string;

beforeAll(async () => {
  system = await startTestSystem();
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  configure({
    mode: 'local',
    dataDir,
    dynamodbEndpoint: system.endpoint,
    localMasterSecret: 'a master key that is for tests only',
  });
  world = webhookWorld(system);
});
afterAll(async () => {
  await system.stop();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.stop());

const idOf = ({ headers }: Received) => headers['webhook-id'];
const isBy = (text: string, { headers, body }: Received) => {
  try {
    return new Webhook(text).verify(body, headers as Record<string, string>) !== null;
  } catch {
    return false;
  }
};

test('what happens to a case is told by the stream, and nothing of the person', async () => {
  const zone = 'zone_teda';
  await world.endpoint(zone, receiver.url);
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
  const execute = system.serve('talent', createTalentSubgraph);
  const functions = declaredFunctions(root).filter(({ name }) => name === 'deliverOutbox');
  const pump = await pumpStreams(functions, root, config());
  const person = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 12), phone: '10012345678' };
  const { data } = await execute(
    `mutation ($input: OpenCaseInput!) { openCase(input: $input) {
      case { id receiptNumber } userErrors { code message }
    } }`,
    {
      input: {
        idempotencyKey: 'webhooks-0001',
        caseType: TALENT_APARTMENT.id,
        zone,
        park: 'park_binhai-zhongguancun',
        applicant: person,
        relation: 'SELF',
      },
    },
    { viewer: { kind: 'applicant', person: 'person-17' }, now: new Date() },
  );
  expect(data.openCase.userErrors).toEqual([]);
  await pump.drain();
  const [told, ...others] = receiver.take();
  await pump.stop();
  if (!told) throw new Error('nothing came');
  const { id, receiptNumber } = data.openCase.case;
  expect(others).toEqual([]);
  expect(JSON.parse(told.body)).toEqual({
    type: 'case.opened',
    timestamp: expect.stringMatching(/Z$/),
    data: { case: id, sequence: 1, zone },
  });
  const all = JSON.stringify(told);
  for (const secret of [...Object.values(person), receiptNumber, 'person-17', '张']) expect(all).not.toContain(secret);
});

test('an endpoint is told of its zone’s cases, of the types that it wants, since it was made', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url, ['case.approved', 'case.rejected']);
  const entries = [
    ...(await world.entries(zone, 1, { kind: 'APPROVED' })),
    ...(await world.entries(zone, 1, { kind: 'SUBMITTED' })),
    ...(await world.entries(world.newZone(), 1, { kind: 'APPROVED' })),
    ...(await world.entries(zone, 1, { kind: 'REJECTED', ago: 2 * HOUR })),
  ];
  expect(await deliverEntries(world.notifier(), entries)).toEqual([]);
  expect(receiver.take().map(({ body }) => JSON.parse(body).type)).toEqual(['case.approved']);
  expect(await world.waiting(entries)).toBe(0);
});

test('a transfer is told to both zones', async () => {
  const [before, after] = [world.newZone(), world.newZone()];
  const other = await startWebhookReceiver();
  await world.endpoint(before, receiver.url);
  await world.endpoint(after, other.url);
  await deliverEntries(world.notifier(), await world.entries(after, 1, { kind: 'TRANSFERRED', from: before }));
  const told = [...receiver.take(), ...other.take()].map(({ body }) => JSON.parse(body));
  expect(told.map(({ type, data }) => [type, data.zone])).toEqual(Array(2).fill(['case.transferred', after]));
  await other.stop();
});

test('the example of a receiver shows what is signed right, and refuses the rest', async () => {
  const lines: string[] = [];
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const listener = await startListener(0, secret, (line) => lines.push(line));
  const { port } = listener.address() as AddressInfo;
  const webhook = { url: `http://127.0.0.1:${port}/`, id: 'msg_1', body: '{"type":"case.opened"}' };
  const sending = { reach: 'public-or-loopback', now: new Date() } as const;
  const right = { ...webhook, secrets: [secretBytes(secret)] };
  expect((await sendWebhook(right, sending)).status).toBe(204);
  expect((await sendWebhook({ ...right, secrets: [Buffer.alloc(32)] }, sending)).status).toBe(400);
  expect((await sendWebhook(right, { ...sending, now: new Date(Date.now() - HOUR) })).status).toBe(400);
  expect(lines).toEqual(['msg_1  {"type":"case.opened"}', ...Array(2).fill(expect.stringContaining('Refused'))]);
  listener.close();
});

test('while a new secret overlaps the one before, both sign; afterwards the new one only', async () => {
  const zone = world.newZone();
  const first = await world.endpoint(zone, receiver.url);
  const rotation = { zone, id: first.facts.id, overlapHours: 24, now: new Date() };
  const second = await rotateSecret(world.endpoints(), system.keyring, rotation);
  const signers = async (later: number) => {
    await deliverEntries(world.notifier(later), await world.entries(zone));
    const [told] = receiver.take();
    return [first.text, second.text].map((text) => told && isBy(text, told));
  };
  expect(await signers(0)).toEqual([true, true]);
  const [endpoint] = await webhooksOfZone(world.endpoints(), zone);
  expect(endpoint?.secrets.map(({ version, until }) => [version, until])).toEqual([
    [2, null],
    [1, second.replacedUntil],
  ]);
  expect(JSON.stringify(endpoint)).not.toContain(first.text.slice('whsec_'.length));
  const third = await rotateSecret(world.endpoints(), system.keyring, { ...rotation, overlapHours: 0 });
  await deliverEntries(world.notifier(), await world.entries(zone));
  const [told] = receiver.take();
  expect([first, second, third].map(({ text }) => told && isBy(text, told))).toEqual([false, false, true]);
});

test('nothing is told while an endpoint is disabled, or when it is removed', async () => {
  const zone = world.newZone();
  const { facts } = await world.endpoint(zone, receiver.url);
  const change = { zone, id: facts.id, now: new Date() };
  await setEnabled(world.endpoints(), { ...change, isEnabled: false });
  const missed = await world.entries(zone);
  await deliverEntries(world.notifier(), missed);
  await setEnabled(world.endpoints(), { ...change, isEnabled: true });
  await deliverEntries(world.notifier(), missed);
  expect(receiver.take()).toEqual([]);
  await deliverEntries(world.notifier(), await world.entries(zone));
  expect(receiver.take()).toHaveLength(1);
  await removeEndpoint(world.endpoints(), change);
  const last = await world.entries(zone);
  await deliverEntries(world.notifier(), last);
  expect([receiver.take(), await world.waiting(last)]).toEqual([[], 0]);
  await expect(removeEndpoint(world.endpoints(), change)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

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

test.each([
  ['http://10.0.0.7/hook', 'public'],
  ['https://10.0.0.7/hook', 'public-or-loopback'],
  ['https://169.254.169.254/latest', 'public'],
  ['http://127.0.0.1:9/hook', 'public'],
  ['https://user:word@example.com/', 'public'],
  ['http://example.com/', 'public'],
  ['ftp://example.com/', 'public'],
] as const)('%s can’t be an endpoint where %s may be called', async (url, reach) => {
  const wanted = { zone: world.newZone(), url, types: null, reach, now: new Date() };
  await expect(createEndpoint(world.endpoints(), system.keyring, wanted)).rejects.toMatchObject({
    code: 'CONFIGURATION',
  });
});

test('an address that has become a private network’s isn’t called', async () => {
  const zone = world.newZone();
  const { port } = new URL(receiver.url);
  const named = `https://systems.example:${port}/hook`;
  const { facts } = await world.endpoint(zone, named);
  const [entry] = await world.entries(zone);
  if (!entry) throw new Error('no entry');
  const resolve = async () => ['93.184.216.34', '10.0.0.7'];
  const webhook = { url: named, id: 'msg_1', body: '{}', secrets: [] };
  const answer = { status: null, retryAfter: null, fault: 'FORBIDDEN_ADDRESS' };
  expect(await sendWebhook(webhook, { reach: 'public', resolve, now: new Date() })).toEqual(answer);
  await deliverEntries({ ...world.notifier(), resolve }, [entry]);
  expect(await world.delivery(entry, facts.id)).toMatchObject({ state: 'WAITING', lastStatus: null });

  const here = await world.endpoint(zone, receiver.url);
  const later = await world.entries(zone);
  await deliverEntries({ ...world.notifier(), reach: 'public', resolve }, later);
  expect(receiver.take()).toEqual([]);
  const [second] = later;
  expect(second && (await world.delivery(second, here.facts.id))).toMatchObject({ state: 'WAITING' });
});

test('the command makes, lists and replays', async () => {
  const zone = 'zone_command';
  const run = (...words: string[]) =>
    promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/webhooks.ts'), ...words],
      { env: { PATH: process.env.PATH, DYNAMODB_ENDPOINT: system.endpoint, DATA_DIR: dataDir }, cwd: root },
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
  expect(replayed.stderr).toBe(`1 entries are told again to ${id}.\n`);
  expect(undelivered.stdout).toContain(`${entry.caseId}/000001\n`);
}, 20_000);
