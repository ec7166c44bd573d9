import { newsText } from '../../src/domain/news/message.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import { failed, GONE, type NewsMessage, SENT, type SendResult } from '../../src/notify/news/channel.ts';
import type { NewsChannels } from '../../src/notify/news/channels.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { outboxItem } from '../../src/storage/talent/items.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** An applicant opts in to news of a case, is told of it, and opts out again. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PHONE = '10087654321';

let system: TestSystem;
let talent: Execute;
let world: ReturnType<typeof webhookWorld>;
let sent: NewsMessage[] = [];
let result: SendResult = SENT;

const record = async (message: NewsMessage): Promise<SendResult> => {
  sent.push(message);
  return result;
};
const channels: NewsChannels = { senders: { SMS: record, EMAIL: record, WEB_PUSH: record }, hasQuietHours: true };

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  world = webhookWorld(system, channels);
  const [contract] = TALENT_APARTMENT.requiredDocuments;
  await system.write(
    'talent',
    caseTypeItems({ ...TALENT_APARTMENT, requiredDocuments: [{ ...contract!, required: false }] }),
  );
});
afterAll(() => system.stop());
beforeEach(() => {
  sent = [];
  result = SENT;
});

const applicant = (person: string): Viewer => ({ kind: 'applicant', person });
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_teda', roles: ['RECEIVE'] };
let keys = 0;
const newKey = () => `news-step-${keys++}`;

async function mutate(viewer: Viewer, name: string, input: object, key = newKey()) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    case { id receiptNumber version newsContact { channel maskedAddress locale since } } userErrors { code field } } }`;
  const { data, errors } = await talent(query, { input: { idempotencyKey: key, ...input } }, { viewer });
  return { ...data?.[name], errors };
}

async function open(person: string, number: number): Promise<{ id: string; receiptNumber: string }> {
  const opened = await mutate(applicant(person), 'openCase', {
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' },
    relation: 'SELF',
    ownsDwelling: false,
  });
  expect(opened.userErrors).toEqual([]);
  return opened.case;
}

/** A browser's subscription, as its page sends it. */
function subscriptionTo(endpoint: string): string {
  const p256dh = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
  return JSON.stringify({ endpoint, expirationTime: null, keys: { p256dh, auth: 'BTBZMqHH6r4Tts7J_aSIgg' } });
}

const contactOf = (id: string, address = PHONE) => ({ case: id, channel: 'SMS', address, locale: 'ZH' });
const at = (later = 0) => ({ ...world.notifier(), now: () => new Date(NOW.getTime() + later) });

/** Puts an event's outbox entry, as a transaction does. */
async function event(id: string, sequence: number, later = 0, kind: 'ACCEPTED' | 'APPROVED' = 'ACCEPTED') {
  const when = new Date(NOW.getTime() + later).toISOString();
  const item = outboxItem({ caseId: id, sequence, kind, zoneId: 'zone_teda', at: when });
  await system.write('talent', [item]);
  return item;
}

async function contactItems(): Promise<string> {
  const { Items } = await system.connection.dynamo.send(
    new ScanCommand({ TableName: system.connection.tables.personKeys }),
  );
  return JSON.stringify((Items ?? []).filter((item) => (item as PrimaryKey).pk.startsWith('CONTACT#')));
}

test('an applicant who opts in is told of an officer’s step, and not of their own', async () => {
  const { id, receiptNumber } = await open('n-1', 1);
  const set = await mutate(applicant('n-1'), 'setNewsContact', contactOf(id));
  expect(set).toMatchObject({
    case: {
      newsContact: { channel: 'SMS', maskedAddress: '100****4321', locale: 'ZH', since: NOW.toISOString() },
    },
    userErrors: [],
  });
  const submitted = await mutate(applicant('n-1'), 'submitCase', { case: id });
  await mutate(OFFICER, 'acceptCase', { case: id, version: submitted.case.version });
  await deliverDue(at(MINUTE));
  expect(sent).toEqual([
    {
      id: expect.stringMatching(/^msg_/),
      address: PHONE,
      maskedAddress: '100****4321',
      words: newsText(receiptNumber, 'ZH'),
      locale: 'ZH',
    },
  ]);
  await deliverDue(at(2 * MINUTE));
  expect(sent).toHaveLength(1);
});

test('stores the address encrypted only, and deletes it when the applicant opts out or is erased', async () => {
  const { id } = await open('n-2', 2);
  await mutate(applicant('n-2'), 'setNewsContact', contactOf(id, '10055554444'));
  for (const name of Object.values(system.connection.tables)) {
    const { Items } = await system.connection.dynamo.send(new ScanCommand({ TableName: name }));
    expect(JSON.stringify(Items)).not.toContain('10055554444');
  }
  const removed = await mutate(applicant('n-2'), 'removeNewsContact', { case: id });
  expect(removed).toMatchObject({ case: { newsContact: null }, userErrors: [] });
  expect(await contactItems()).not.toContain(id);
  const entry = await event(id, 50);
  await deliverEntries(at(), [entry]);
  expect(sent).toEqual([]);

  await mutate(applicant('n-2'), 'setNewsContact', contactOf(id));
  expect(await contactItems()).toContain(id);
  await erasePerson(system.talentTable(), 'n-2', NOW);
  expect(await contactItems()).not.toContain(id);
  expect((await mutate(applicant('n-2'), 'setNewsContact', contactOf(id))).userErrors).toMatchObject([
    { code: 'NOT_ALLOWED' },
  ]);
});

test('nobody but the signed-in applicant sets, removes or sees a contact', async () => {
  const { id } = await open('n-3', 3);
  await mutate(applicant('n-3'), 'setNewsContact', contactOf(id));
  for (const name of ['setNewsContact', 'removeNewsContact']) {
    const input = name === 'setNewsContact' ? contactOf(id, '10011112222') : { case: id };
    expect((await mutate(applicant('n-1'), name, input)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await mutate({ kind: 'caseHolder', caseId: id }, name, input)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await mutate(OFFICER, name, input)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  const seenBy = async (viewer: Viewer) =>
    (await talent(`{ case(id: "${id}") { id newsContact { maskedAddress } } }`, {}, { viewer })).data?.case;
  expect(await seenBy({ kind: 'caseHolder', caseId: id })).toEqual({ id, newsContact: null });
  expect(await seenBy(applicant('n-3'))).toEqual({ id, newsContact: { maskedAddress: '100****4321' } });
});

test.each([
  ['SMS', '1008765432'],
  ['SMS', 'wang@example.org'],
  ['EMAIL', 'wang@example'],
  ['EMAIL', 'a@example.org, b@example.org'],
  ['EMAIL', 'a@example.org\r\nbcc: b@example.org'],
  ['WEB_PUSH', 'https://push.example/1'],
  ['WEB_PUSH', subscriptionTo('https://10.0.0.1/1')],
  ['WEB_PUSH', subscriptionTo('http://push.example/1')],
])('refuses what is no address of %s: %j', async (channel, address) => {
  const { id } = await open('n-4', 4);
  const refused = await mutate(applicant('n-4'), 'setNewsContact', { ...contactOf(id, address), channel });
  expect(refused).toMatchObject({ case: null, userErrors: [{ code: 'INVALID', field: ['address'] }] });
});

test('a repeated command is done once; another address with its key is refused', async () => {
  const { id } = await open('n-5', 5);
  const key = newKey();
  const twice = await Promise.all([1, 2].map(() => mutate(applicant('n-5'), 'setNewsContact', contactOf(id), key)));
  expect(twice.map(({ userErrors }) => userErrors)).toEqual([[], []]);
  const other = await mutate(applicant('n-5'), 'setNewsContact', contactOf(id, '10011112222'), key);
  expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
});

test('at quiet hours a message waits until the morning', async () => {
  const { id } = await open('n-6', 6);
  await mutate(applicant('n-6'), 'setNewsContact', contactOf(id));
  // NOW is 10:00 in Shanghai.
  const entry = await event(id, 50, 13 * HOUR);
  await deliverEntries(at(13 * HOUR), [entry]);
  await deliverDue(at(21 * HOUR));
  expect(sent).toEqual([]);
  await deliverDue(at(22 * HOUR + 1_000));
  expect(sent).toHaveLength(1);
  expect(await world.waiting([entry])).toBe(0);
});

test('a provider that fails is tried again with the same id; one that knows no such address is not', async () => {
  const { id } = await open('n-7', 7);
  await mutate(applicant('n-7'), 'setNewsContact', contactOf(id));
  const [first, second] = [await event(id, 50), await event(id, 51, 0, 'APPROVED')];
  result = failed('ECONNREFUSED');
  await deliverEntries(at(), [first]);
  result = SENT;
  await deliverDue(at(10_000));
  expect(sent.map((message) => message.id)).toEqual([sent[0]?.id, sent[0]?.id]);
  sent = [];
  result = failed('isv.MOBILE_NUMBER_ILLEGAL', true);
  await deliverEntries(at(20_000), [second]);
  await deliverDue(at(HOUR));
  expect(sent).toHaveLength(1);
  expect(await world.stored(second)).toMatchObject({ delivered: false, givenUpFor: [`news_${id}`] });
});

test('a browser is told until its subscription has ended, which deletes the address', async () => {
  const { id } = await open('n-10', 10);
  const push = { ...contactOf(id, subscriptionTo('https://push.example/1')), channel: 'WEB_PUSH' };
  const set = await mutate(applicant('n-10'), 'setNewsContact', push);
  expect(set.case.newsContact).toMatchObject({ channel: 'WEB_PUSH', maskedAddress: 'push.example/***' });
  expect(await contactItems()).not.toContain('https://push.example');
  const [first, second] = [await event(id, 50), await event(id, 51, 0, 'APPROVED')];
  await deliverEntries(at(), [first]);
  expect(sent).toHaveLength(1);
  result = GONE;
  await deliverEntries(at(1_000), [second]);
  expect(await contactItems()).not.toContain(id);
  await deliverDue(at(HOUR));
  expect(sent).toHaveLength(2);
});

test('tells of nothing from before the contact was set, and by a changed contact of nothing twice', async () => {
  const { id } = await open('n-8', 8);
  const before = await event(id, 50, -HOUR);
  await mutate(applicant('n-8'), 'setNewsContact', contactOf(id));
  const after = await event(id, 51);
  await deliverEntries(at(), [before, after]);
  await mutate(applicant('n-8'), 'setNewsContact', contactOf(id, '10011112222'));
  await deliverEntries(at(), [before, after]);
  await deliverDue(at(HOUR));
  expect(sent.map(({ address }) => address)).toEqual([PHONE]);
});

test('where a send could not be written down, it is repeated with the same id when the claim is over', async () => {
  const { id } = await open('n-9', 9);
  await mutate(applicant('n-9'), 'setNewsContact', contactOf(id));
  const entry = await event(id, 50);
  const failing: NewsChannels = {
    senders: {
      SMS: async (message) => {
        sent.push(message);
        system.dynamo.throttle('Update', 1);
        return SENT;
      },
    },
    hasQuietHours: false,
  };
  expect(await deliverEntries({ ...at(), channels: () => failing }, [entry])).toHaveLength(1);
  await deliverDue(at(29_000));
  expect(sent).toHaveLength(1);
  await deliverDue(at(31_000));
  expect(sent.map((message) => message.id)).toEqual([sent[0]?.id, sent[0]?.id]);
  expect(await world.waiting([entry])).toBe(0);
});
