import { addDays, dayInShanghai } from '../../src/domain/calendar/day.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import type { CaseState } from '../../src/domain/cases/state.ts';
import type { OfficerRole, Viewer } from '../../src/domain/viewer.ts';
import { failed, type NewsMessage, SENT, type SendResult } from '../../src/notify/news/channel.ts';
import type { NewsChannels } from '../../src/notify/news/channels.ts';
import { sendDigests } from '../../src/notify/news/send-digests.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { workTallyItems } from '../../src/storage/talent/work-list/work-count-items.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Officers opt in to digests of their agency's work, are sent them on working mornings, and opt out. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PHONE = '10087654321';
const TODAY = dayInShanghai(NOW);

let system: TestSystem;
let talent: Execute;
let sent: NewsMessage[] = [];
let result: SendResult = SENT;

const record = async (message: NewsMessage): Promise<SendResult> => {
  sent.push(message);
  return result;
};
const CHANNELS: NewsChannels = { senders: { SMS: record, EMAIL: record }, hasQuietHours: true };

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [
    ...tallies('zone_teda', 'PARK', [
      ['SUBMITTED', addDays(TODAY, -1)],
      ['SUBMITTED', addDays(TODAY, 1)],
      ['SUPPLEMENT_REQUIRED', null],
    ]),
    ...tallies('zone_baodi', 'PSB', [['UNDER_REVIEW', addDays(TODAY, 30)]]),
  ]);
});
afterAll(() => system.stop());
beforeEach(() => {
  sent = [];
  result = SENT;
});

function tallies(zoneId: string, agency: Agency, entries: readonly (readonly [CaseState, string | null])[]) {
  return workTallyItems(
    entries.map(([state, dueOn], i) => ({ entry: { caseId: `case_${i}`, zoneId, agency, state, dueOn }, by: 1 })),
  );
}

const officer = (person: string, zone = 'zone_teda', agency: Agency = 'PARK', roles: OfficerRole[] = ['RECEIVE']) =>
  ({ kind: 'officer', person, zone, agency, roles }) as const satisfies Viewer;
let keys = 0;
const newKey = () => `digest-step-${keys++}`;

const FIELDS = 'channel maskedAddress locale agency zone { id } since endsOn';

async function mutate(viewer: Viewer, name: 'setDigestContact' | 'removeDigestContact', input = {}, key = newKey()) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { contact { ${FIELDS} } userErrors { code field } } }`;
  const { data, errors } = await talent(query, { input: { idempotencyKey: key, ...input } }, { viewer });
  return { ...data?.[name], errors };
}

const set = (viewer: Viewer, address = PHONE, key = newKey()) =>
  mutate(viewer, 'setDigestContact', { channel: 'SMS', address, locale: 'EN' }, key);
const remove = (viewer: Viewer) => mutate(viewer, 'removeDigestContact');

function run(later = 0, channels = CHANNELS) {
  const scope = () => ({ deadline: Date.now() + 60_000, signal: AbortSignal.timeout(60_000) });
  return sendDigests({
    work: system.table('talent', scope()),
    contacts: system.table('personKeys', scope()),
    channels: () => channels,
    keyring: system.keyring,
    now: new Date(NOW.getTime() + later),
  });
}

test('an officer who opts in is sent one digest a working morning, with counts alone', async () => {
  const wang = officer('d-1');
  expect(await set(wang)).toMatchObject({
    contact: {
      channel: 'SMS',
      maskedAddress: '100****4321',
      agency: 'PARK',
      zone: { id: 'zone_teda' },
      endsOn: addDays(TODAY, 180),
    },
    userErrors: [],
  });
  // NOW is 10:00 on a Tuesday in Shanghai.
  expect(await run()).toEqual({ sent: 1, failed: 0, left: 0 });
  expect(sent).toEqual([
    {
      id: expect.stringMatching(/^msg_/),
      address: PHONE,
      maskedAddress: '100****4321',
      locale: 'EN',
      words: {
        of: 'DIGEST',
        fields: { total: '3', overdue: '1', soon: '1' },
        subject: 'Park office: 3 cases to handle, 1 overdue',
        text: expect.stringContaining('1 overdue, 1 due within three working days.\nSubmitted: 2\n'),
      },
    },
  ]);
  expect(await run(HOUR)).toEqual({ sent: 0, failed: 0, left: 0 });
  expect(await run(DAY)).toEqual({ sent: 1, failed: 0, left: 0 });
  expect(sent[1]?.id).not.toBe(sent[0]?.id);
  await remove(wang);
});

test.each([
  ['before 8:00', -3 * HOUR],
  ['in the afternoon', 3 * HOUR],
  ['on a Saturday', 4 * DAY],
])('sends nothing %s', async (_, later) => {
  const wang = officer('d-2');
  await set(wang);
  expect(await run(later)).toEqual({ sent: 0, failed: 0, left: 0 });
  await remove(wang);
});

test('sends nothing for an agency with nothing to do, after the last day, or after opting out', async () => {
  const idle = officer('d-3', 'zone_baodi', 'EDU');
  await set(idle);
  expect(await run()).toMatchObject({ sent: 0 });
  await remove(idle);
  const busy = officer('d-3', 'zone_baodi', 'PSB');
  await set(busy);
  // The Monday after its last day, a Sunday.
  expect(await run(181 * DAY)).toMatchObject({ sent: 0 });
  expect(await remove(busy)).toMatchObject({ contact: null, userErrors: [] });
  expect(await run()).toMatchObject({ sent: 0 });
  expect(sent).toEqual([]);
});

test('where a send could not be written down, the next run repeats it with the same id', async () => {
  const wang = officer('d-4');
  await set(wang);
  const failing: NewsChannels = {
    senders: {
      SMS: async (message) => {
        sent.push(message);
        system.dynamo.throttle('Update', 1);
        return SENT;
      },
    },
    hasQuietHours: true,
  };
  expect(await run(0, failing)).toEqual({ sent: 0, failed: 1, left: 0 });
  expect(await run(HOUR)).toEqual({ sent: 1, failed: 0, left: 0 });
  expect(sent.map(({ id }) => id)).toEqual([sent[0]?.id, sent[0]?.id]);
  await remove(wang);
});

test('a provider that fails is tried again; a changed address is told nothing twice', async () => {
  const wang = officer('d-5');
  await set(wang);
  result = failed('ECONNREFUSED');
  expect(await run()).toEqual({ sent: 0, failed: 1, left: 0 });
  result = SENT;
  expect(await run(HOUR)).toEqual({ sent: 1, failed: 0, left: 0 });
  await set(wang, '10011112222');
  expect(await run(HOUR)).toEqual({ sent: 0, failed: 0, left: 0 });
  await remove(wang);
  await set(wang);
  expect(await run(HOUR)).toEqual({ sent: 0, failed: 0, left: 0 });
  await remove(wang);
});

test('stores the address encrypted only, and no name of the officer beside it', async () => {
  const wang = officer('wang-li');
  await set(wang, '10055554444');
  const { Items = [] } = await system.connection.dynamo.send(
    new ScanCommand({ TableName: system.connection.tables.personKeys }),
  );
  expect(Items).toContainEqual(expect.objectContaining({ type: 'DigestContact', maskedAddress: '100****4444' }));
  expect(JSON.stringify(Items)).not.toMatch(/10055554444|wang-li/);
  await remove(wang);
});

test('only officers with a role for cases set one, each their own', async () => {
  const wang = officer('d-6');
  await set(wang);
  const ask = (viewer: Viewer) => talent(`{ digestContact { maskedAddress } }`, {}, { viewer });
  expect((await ask(wang)).data).toEqual({ digestContact: { maskedAddress: '100****4321' } });
  for (const other of [officer('d-7'), officer('d-6', 'zone_teda', 'PSB'), officer('d-6', 'zone_baodi')]) {
    expect((await ask(other)).data).toEqual({ digestContact: null });
    expect(await remove(other)).toMatchObject({ contact: null, userErrors: [] });
  }
  expect((await ask(wang)).data?.digestContact).not.toBeNull();
  const strangers: readonly Viewer[] = [
    officer('d-6', 'zone_teda', 'PARK', ['PUBLISH']),
    { kind: 'applicant', person: 'd-6' },
    { kind: 'clerk', person: 'd-6', enterprise: 'ent_1' },
    { kind: 'admin', person: 'd-6' },
  ];
  for (const viewer of strangers) {
    expect((await set(viewer)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  await remove(wang);
});

test('a repeated command is done once; another input with its key and no address are refused', async () => {
  const wang = officer('d-8');
  const key = newKey();
  const twice = await Promise.all([1, 2].map(() => set(wang, PHONE, key)));
  expect(twice.map(({ userErrors }) => userErrors)).toEqual([[], []]);
  expect((await set(wang, '10011112222', key)).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  expect((await set(wang, 'nobody')).userErrors).toMatchObject([{ code: 'INVALID', field: ['address'] }]);
  expect(await Promise.all([set(wang), set(wang, '10011112222')])).toMatchObject([
    { userErrors: [] },
    { userErrors: [] },
  ]);
  await remove(wang);
});
