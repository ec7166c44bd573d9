import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { startListener } from '../../src/cli/webhooks/listener.ts';
import { config, configure } from '../../src/config.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { declaredFunctions, pumpStreams } from '../../src/local/system.ts';
import { deliverEntries } from '../../src/notify/deliver.ts';
import { createEndpoint, removeEndpoint, rotateSecret, setEnabled } from '../../src/notify/endpoint-life.ts';
import { sendWebhook } from '../../src/notify/send.ts';
import { secretBytes } from '../../src/notify/signature.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { webhooksOfZone } from '../../src/storage/credentials/webhooks.ts';
import { noticeOutboxItem } from '../../src/storage/talent/items.ts';
import { undeliveredEntries } from '../../src/storage/talent/webhooks/outbox.ts';
import { mutationText } from '../fixtures/case-mutation.ts';
import { caseTypeItems, PLAIN_APARTMENT } from '../fixtures/case-types.ts';
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

const isBy = (text: string, { headers, body }: Received) => {
  try {
    return new Webhook(text).verify(body, headers as Record<string, string>) !== null;
  } catch {
    return false;
  }
};

test('what happens to a case is told by the stream once it is handed in, and nothing of the person', async () => {
  const zone = 'zone_teda';
  await world.endpoint(zone, receiver.url);
  const documents = PLAIN_APARTMENT.requiredDocuments.map((document) => ({ ...document, required: false }));
  await system.write('talent', caseTypeItems({ ...PLAIN_APARTMENT, requiredDocuments: documents }));
  const execute = system.serve('talent', createTalentSubgraph);
  const functions = declaredFunctions(root).filter(({ name }) => name === 'caseChanges');
  const pump = await pumpStreams(functions, root, config());
  const person = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 12), phone: '10012345678' };
  const does = async (name: string, input: object) => {
    const { data } = await execute(
      mutationText(name, 'case { id receiptNumber }'),
      { input: { idempotencyKey: `webhooks-${name}`, ...input } },
      { viewer: { kind: 'applicant', person: 'person-17' }, now: new Date() },
    );
    expect(data[name].userErrors).toEqual([]);
    return data[name].case;
  };
  const opening = { caseType: PLAIN_APARTMENT.id, zone, park: 'park_binhai-zhongguancun', relation: 'SELF' };
  const { id, receiptNumber } = await does('openCase', { ...opening, applicant: person });
  await pump.drain();
  // A draft is the applicant's alone.
  expect(receiver.take()).toEqual([]);
  expect(await undeliveredEntries(world.outbox())).toEqual([]);
  await does('submitCase', { case: id });
  await pump.drain();
  const [told, ...others] = receiver.take();
  await pump.stop();
  if (!told) throw new Error('nothing came');
  expect(others).toEqual([]);
  expect(JSON.parse(told.body)).toEqual({
    type: 'case.submitted',
    timestamp: expect.stringMatching(/Z$/),
    data: { case: id, sequence: 2, zone },
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

test('a notice of a time limit says which, and its last day', async () => {
  const zone = world.newZone();
  await world.endpoint(zone, receiver.url, ['case.limit_near']);
  const notice = {
    kind: 'LIMIT_NEAR',
    step: 'DECISION',
    startedOn: '2026-11-02',
    dueOn: '2026-11-27',
    calendarVersion: '2026-1',
    version: 4,
    at: new Date().toISOString(),
  } as const;
  const entry = noticeOutboxItem({ id: 'case_01M8DP88SK1YFBTAD0FZMAP7W7', zoneId: zone }, notice);
  await system.write('talent', [entry]);
  await deliverEntries(world.notifier(), [entry]);
  const [told] = receiver.take().map(({ body }) => JSON.parse(body));
  const data = { case: entry.caseId, step: 'DECISION', dueOn: '2026-11-27', zone };
  expect(told).toEqual({ type: 'case.limit_near', timestamp: entry.at, data });
  const wrong = world.endpoint(zone, receiver.url, ['case.limit_neer']);
  await expect(wrong).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('the example of a receiver shows what is signed right, and refuses the rest', async () => {
  const lines: string[] = [];
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const listener = await startListener(0, secret, (line) => lines.push(line));
  const { port } = listener.address() as AddressInfo;
  const webhook = { url: `http://127.0.0.1:${port}/`, id: 'msg_1', body: '{"type":"case.submitted"}' };
  const sending = { reach: 'public-or-loopback', now: new Date() } as const;
  const right = { ...webhook, secrets: [secretBytes(secret)] };
  expect((await sendWebhook(right, sending)).status).toBe(204);
  expect((await sendWebhook({ ...right, secrets: [Buffer.alloc(32)] }, sending)).status).toBe(400);
  expect((await sendWebhook(right, { ...sending, now: new Date(Date.now() - HOUR) })).status).toBe(400);
  expect(lines).toEqual(['msg_1  {"type":"case.submitted"}', ...Array(2).fill(expect.stringContaining('Refused'))]);
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
