import { apiKeyCheck } from '../../src/auth/api-key-check.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { writeUsage } from '../../src/storage/credentials/usage.ts';
import { momentOf } from '../fixtures/moment.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A partner's engineer manages the zone's keys and webhooks without the operator. */

let system: TestSystem;
let ask: Execute;
let world: ReturnType<typeof webhookWorld>;
let receiver: WebhookReceiver;
let zone: string;
/** The zone's system with a token of its issuer. */
let signedIn: Viewer;

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('talent', createTalentSubgraph);
  world = webhookWorld(system);
});
afterAll(() => system.stop());
beforeEach(async () => {
  zone = world.newZone();
  signedIn = { kind: 'partner', zone, key: 'portal' };
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.stop());

let keys = 0;
const newKey = () => `developer-${keys++}`;

const FIELDS = {
  createApiKey: 'apiKey { id label state expiresAt } secret',
  rotateApiKey: 'apiKey { id label state } secret',
  revokeApiKey: 'apiKey { id state } secret',
  registerWebhookEndpoint: 'endpoint { id url types isEnabled } secret',
  changeWebhookEndpoint: 'endpoint { id url types isEnabled } secret',
  removeWebhookEndpoint: 'endpoint',
  redeliverWebhook: 'delivery { id state attempts }',
} as const;

async function send(mutation: keyof typeof FIELDS, input: object, viewer = signedIn, at = new Date()) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${FIELDS[mutation]} userErrors { code field } } }`,
    { input: { idempotencyKey: newKey(), ...input } },
    { viewer, now: at },
  );
  return { errors, ...data?.[mutation] };
}

async function account(fields: string, viewer = signedIn) {
  const { data, errors } = await ask(`{ developerAccount { ${fields} } }`, {}, { viewer, now: new Date() });
  expect(errors).toBeUndefined();
  return data.developerAccount;
}

const check = () => apiKeyCheck(({ deadline, signal }) => system.table('credentials', { deadline, signal }));
const use = (text: string) => check()(text, momentOf(new Date()));
const ofKey = (id: string): Viewer => ({ kind: 'partner', zone, key: id });

test('a made key identifies the zone and its secret is shown once', async () => {
  const input = { idempotencyKey: newKey(), label: 'Registry', days: 30 };
  const { apiKey, secret, userErrors } = await send('createApiKey', input);
  expect(userErrors).toEqual([]);
  expect(apiKey).toMatchObject({ label: 'Registry', state: 'IN_USE' });
  expect(await use(secret)).toEqual({ viewer: ofKey(apiKey.id) });
  const again = await send('createApiKey', input);
  expect(again).toMatchObject({ apiKey: { id: apiKey.id }, secret: null, userErrors: [] });
  const { apiKeys } = await account('apiKeys { id label state }');
  expect(apiKeys).toEqual([{ id: apiKey.id, label: 'Registry', state: 'IN_USE' }]);
});

test('two equal calls at once make one key', async () => {
  const input = { idempotencyKey: newKey(), label: 'Twice' };
  const [one, two] = await Promise.all([send('createApiKey', input), send('createApiKey', input)]);
  expect(one.apiKey.id).toBe(two.apiKey.id);
  expect([one.secret, two.secret].filter((secret) => secret !== null)).toHaveLength(1);
  expect((await account('apiKeys { id }')).apiKeys).toHaveLength(1);
});

test('a rotated key is valid beside the new one, and a revoked one is not', async () => {
  const first = await send('createApiKey', { label: 'Registry' });
  const second = await send('rotateApiKey', { apiKey: first.apiKey.id, overlapDays: 1 });
  expect(second).toMatchObject({ apiKey: { label: 'Registry', state: 'IN_USE' }, userErrors: [] });
  expect(await use(first.secret)).toHaveProperty('viewer');
  const states = (await account('apiKeys { id state replacedBy }')).apiKeys;
  expect(states).toContainEqual({ id: first.apiKey.id, state: 'REPLACED', replacedBy: second.apiKey.id });
  const rotatedAgain = await send('rotateApiKey', { apiKey: first.apiKey.id });
  expect(rotatedAgain.userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['apiKey'] }]);
  const revoked = await send('revokeApiKey', { apiKey: second.apiKey.id });
  expect(revoked).toMatchObject({ apiKey: { state: 'REVOKED' }, secret: null, userErrors: [] });
  expect(await use(second.secret)).toEqual({ refused: 'REVOKED' });
  const revokedAgain = await send('revokeApiKey', { apiKey: second.apiKey.id });
  expect(revokedAgain.userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['apiKey'] }]);
});

test('an API key manages itself and no other key', async () => {
  const [own, other] = [await send('createApiKey', { label: 'A' }), await send('createApiKey', { label: 'B' })];
  const byKey = ofKey(own.apiKey.id);
  expect((await send('createApiKey', { label: 'C' }, byKey)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
  const revoking = await send('revokeApiKey', { apiKey: other.apiKey.id }, byKey);
  expect(revoking.userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['apiKey'] }]);
  expect((await send('rotateApiKey', { apiKey: own.apiKey.id }, byKey)).userErrors).toEqual([]);
});

test('another zone’s system finds neither keys nor endpoints', async () => {
  const { apiKey } = await send('createApiKey', { label: 'A' });
  const { endpoint } = await send('registerWebhookEndpoint', { url: receiver.url });
  const stranger: Viewer = { kind: 'partner', zone: world.newZone(), key: 'portal' };
  for (const [mutation, input, field] of [
    ['rotateApiKey', { apiKey: apiKey.id }, 'apiKey'],
    ['revokeApiKey', { apiKey: apiKey.id }, 'apiKey'],
    ['changeWebhookEndpoint', { endpoint: endpoint.id, isEnabled: false }, 'endpoint'],
    ['removeWebhookEndpoint', { endpoint: endpoint.id }, 'endpoint'],
    ['redeliverWebhook', { endpoint: endpoint.id, webhook: 'msg_x' }, 'endpoint'],
  ] as const) {
    expect((await send(mutation, input, stranger)).userErrors).toContainEqual({ code: 'NOT_FOUND', field: [field] });
  }
  expect(await account('apiKeys { id } webhookEndpoints { id }', stranger)).toEqual({
    apiKeys: [],
    webhookEndpoints: [],
  });
});

test.each<[string, Viewer]>([
  ['a visitor', { kind: 'anonymous' }],
  ['an officer', { kind: 'officer', person: 'o', agency: 'PARK', zone: 'zone_teda', roles: ['PUBLISH'] }],
  ['an administrator', { kind: 'admin', person: 'a' }],
])('%s has no account and manages none', async (_, viewer) => {
  expect((await ask('{ developerAccount { apiKeys { id } } }', {}, { viewer })).data.developerAccount).toBeNull();
  const { errors } = await send('createApiKey', { label: 'A' }, viewer);
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test.each([
  ['createApiKey', { label: ' ' }, { code: 'INVALID', field: ['label'] }],
  ['createApiKey', { label: 'A', days: 1_001 }, { code: 'INVALID', field: ['days'] }],
  ['registerWebhookEndpoint', { url: 'http://hooks.example/' }, { code: 'INVALID', field: ['url'] }],
  ['registerWebhookEndpoint', { url: 'https://10.0.0.1/' }, { code: 'INVALID', field: ['url'] }],
  ['registerWebhookEndpoint', { url: 'https://a:b@hooks.example/' }, { code: 'INVALID', field: ['url'] }],
  [
    'registerWebhookEndpoint',
    { url: 'https://hooks.example/', types: ['case.read'] },
    { code: 'INVALID', field: ['types', '0'] },
  ],
  ['registerWebhookEndpoint', { url: 'https://hooks.example/', types: [] }, { code: 'INVALID', field: ['types'] }],
] as const)('%s refuses %j', async (mutation, input, refusal) => {
  expect((await send(mutation, input)).userErrors).toEqual([refusal]);
});

test('an endpoint’s log shows each delivery, and one is sent again by its id', async () => {
  const made = await send('registerWebhookEndpoint', { url: receiver.url }, signedIn, new Date(Date.now() - 60_000));
  expect(made).toMatchObject({ endpoint: { url: receiver.url, types: null, isEnabled: true }, userErrors: [] });
  expect(made.secret).toMatch(/^whsec_/);
  receiver.reply = () => ({ status: 500 });
  const [failed] = await world.entries(zone);
  await deliverEntries(world.notifier(), [failed!]);
  receiver.reply = () => ({ status: 204 });
  const [delivered] = await world.entries(zone);
  await deliverEntries(world.notifier(1_000), [delivered!]);
  const [, second] = receiver.take().map(({ headers }) => headers['webhook-id']);
  const log = 'webhookEndpoints { deliveries { id type about state attempts lastStatus attemptedAt nextAttemptAt } }';
  const [{ deliveries }] = (await account(log)).webhookEndpoints;
  expect(deliveries).toMatchObject([
    { id: second, type: 'case.submitted', about: delivered?.caseId, state: 'DELIVERED', attempts: 1, lastStatus: 204 },
    { about: failed?.caseId, state: 'WAITING', attempts: 1, lastStatus: 500 },
  ]);
  expect(deliveries[0].nextAttemptAt).toBeNull();
  const { endpoint } = made;
  const again = await send('redeliverWebhook', { endpoint: endpoint.id, webhook: second });
  expect(again).toMatchObject({ delivery: { id: second, state: 'WAITING', attempts: 0 }, userErrors: [] });
  await deliverDue(world.notifier(5_000));
  expect(receiver.take().map(({ headers }) => headers['webhook-id'])).toContain(second);
  const unknown = await send('redeliverWebhook', { endpoint: endpoint.id, webhook: 'msg_nothing' });
  expect(unknown.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['webhook'] }]);
});

test('an endpoint changes its address, its types, its state and its secret, and ends', async () => {
  const { endpoint, secret } = await send('registerWebhookEndpoint', { url: receiver.url });
  const { id } = endpoint;
  const types = ['case.approved'];
  const changed = await send('changeWebhookEndpoint', { endpoint: id, url: `${receiver.url}/2`, types });
  expect(changed).toMatchObject({ endpoint: { url: `${receiver.url}/2`, types, isEnabled: true }, secret: null });
  const renewed = await send('changeWebhookEndpoint', { endpoint: id, renewSecret: true, isEnabled: false });
  expect(renewed).toMatchObject({ endpoint: { types, isEnabled: false }, secret: expect.stringMatching(/^whsec_/) });
  expect(renewed.secret).not.toBe(secret);
  const disabled = await send('redeliverWebhook', { endpoint: id, webhook: 'msg_x' });
  expect(disabled.userErrors).toContainEqual({ code: 'NOT_ALLOWED', field: ['endpoint'] });
  expect(await send('removeWebhookEndpoint', { endpoint: id })).toMatchObject({ endpoint: id, userErrors: [] });
  expect((await account('webhookEndpoints { id }')).webhookEndpoints).toEqual([]);
});

test('the use of a day is summed over instances, the dearest document first', async () => {
  const day = new Date().toISOString().slice(0, 10);
  const cheap = { document: 'Zones', isTrusted: false, operations: 2, cost: 5 };
  const dear = { document: 'ParkEnterprises', isTrusted: true, operations: 1, cost: 101 };
  const write = (instance: string, operations: number, uses: readonly (typeof cheap)[]) =>
    writeUsage(system.table('credentials'), { zone, day, instance, operations, uses });
  await write('a', 3, [cheap, dear]);
  // A late repetition of an older count changes nothing.
  await write('a', 2, [cheap]);
  await write('b', 2, [cheap]);
  const { usage, budget } = await account('usage { document isTrusted operations cost } budget { limit remaining }');
  expect(usage).toEqual([dear, { ...cheap, operations: 4, cost: 10 }]);
  expect(budget.remaining).toBe(budget.limit);
});
