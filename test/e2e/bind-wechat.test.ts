import { mock } from 'node:test';
import { configure } from '../../src/config.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { log } from '../../src/log.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { openContact, readContact } from '../../src/storage/person-keys/contacts.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { startWechatRecorder, WECHAT_OPENID, type WechatRecorder } from '../fixtures/wechat-recorder.ts';
import { type Answer, type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** An applicant binds their WeChat to a case by the code of WeChat's authorization page. */

let system: TestSystem;
let talent: Execute;
let wechat: WechatRecorder;
let given: WechatRecorder['answer'];
let spies: readonly ReturnType<typeof mock.method>['mock'][] = [];

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  wechat = await startWechatRecorder();
  given = wechat.answer;
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
});
afterAll(async () => {
  configure({ newsChannels: undefined });
  await wechat.stop();
  await system.stop();
});
beforeEach(() => {
  configure({ newsChannels: wechat.settings });
  wechat.answer = given;
  wechat.take();
  spies = (['debug', 'info', 'warn', 'error'] as const).map((level) => mock.method(log, level, () => {}).mock);
});
afterEach(() => {
  for (const spy of spies) spy.restore();
});

const logged = () => JSON.stringify(spies.flatMap(({ calls }) => calls));
const applicant = (person: string): Viewer => ({ kind: 'applicant', person });
let keys = 0;
const newKey = () => `wechat-step-${keys++}`;

async function send(viewer: Viewer, name: string, input: object, key = newKey()): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    case { id receiptNumber newsContact { channel maskedAddress locale } } userErrors { code field message } } }`;
  return talent(query, { input: { idempotencyKey: key, ...input } }, { viewer });
}

async function open(person: string, number: number): Promise<string> {
  const { data } = await send(applicant(person), 'openCase', {
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' },
    relation: 'SELF',
    ownsDwelling: false,
  });
  return data?.openCase.case.id;
}

const bind = (person: string, id: string, code: string, key?: string) =>
  send(applicant(person), 'bindWeChat', { case: id, code, locale: 'ZH' }, key);

async function contactOf(id: string): Promise<string | null> {
  const contact = await readContact(system.talentTable().keys, id);
  return contact && openContact(system.keyring, contact);
}

const BEGIN_AGAIN = {
  case: null,
  userErrors: [
    { code: 'INVALID', field: ['code'], message: 'The code was used or has expired. Begin again at WeChat.' },
  ],
};

test('binds the openid that WeChat tells for the code, and shows it to nobody', async () => {
  const id = await open('w-1', 1);
  const answer = await bind('w-1', id, 'code-0001');
  expect(answer).toMatchObject({
    data: { bindWeChat: { case: { newsContact: { channel: 'WECHAT', maskedAddress: 'oAbC***' } }, userErrors: [] } },
  });
  expect(wechat.take()).toEqual([
    'GET /sns/oauth2/access_token?appid=wx0123456789abcdef&secret=app-s3cret&code=code-0001&grant_type=authorization_code',
  ]);
  expect(await contactOf(id)).toBe(WECHAT_OPENID);
  let stored = '';
  for (const TableName of Object.values(system.connection.tables)) {
    stored += JSON.stringify((await system.connection.dynamo.send(new ScanCommand({ TableName }))).Items);
  }
  for (const secret of [WECHAT_OPENID, 'code-0001', 'user-token', 'app-s3cret']) {
    expect([JSON.stringify(answer), stored, logged()].filter((text) => text.includes(secret))).toEqual([]);
  }
});

test('repeats a command without a second exchange, and carries it out once where two come at once', async () => {
  const id = await open('w-2', 2);
  const key = newKey();
  const first = await bind('w-2', id, 'code-0002', key);
  wechat.answer = { errcode: 40163, errmsg: 'code been used' };
  expect((await bind('w-2', id, 'code-0002', key)).data).toEqual(first.data);
  expect(wechat.take()).toHaveLength(1);
  expect((await bind('w-2', id, 'code-0003', key)).data?.bindWeChat.userErrors).toMatchObject([
    { code: 'IDEMPOTENCY_KEY_REUSED' },
  ]);
  wechat.answer = given;
  const other = newKey();
  const both = await Promise.all([1, 2].map(() => bind('w-2', id, 'code-0004', other)));
  expect(both.map(({ data }) => data?.bindWeChat.userErrors)).toEqual([[], []]);
});

test.each([40029, 40163, 42003])(
  'tells the applicant to begin again where WeChat refuses the code: %i',
  async (code) => {
    const id = await open('w-3', 3);
    wechat.answer = { errcode: code, errmsg: `refused, rid: ${WECHAT_OPENID}` };
    expect((await bind('w-3', id, 'code-0005')).data?.bindWeChat).toEqual(BEGIN_AGAIN);
    expect(await contactOf(id)).toBeNull();
  },
);

test('asks WeChat nothing for a text that is no code', async () => {
  const id = await open('w-4', 4);
  expect((await bind('w-4', id, 'a code&appid=1')).data?.bindWeChat).toEqual(BEGIN_AGAIN);
  expect(wechat.take()).toEqual([]);
});

test.each(['HANG_UP', 502, { errcode: -1 }, { openid: 'short' }] as const)(
  'may be tried again with the same key where WeChat is away: %j',
  async (away) => {
    const id = await open('w-5', 5);
    const key = newKey();
    wechat.answer = away;
    const { data, errors } = await bind('w-5', id, 'code-0006', key);
    expect([data?.bindWeChat, errors]).toEqual([
      null,
      [
        expect.objectContaining({
          extensions: expect.objectContaining({
            code: 'STORE_UNAVAILABLE',
            retryable: true,
            mayHaveBeenWritten: false,
          }),
        }),
      ],
    ]);
    expect(JSON.stringify(errors) + logged()).not.toMatch(/code-0006|app-s3cret|openid|127\.0\.0\.1/);
    wechat.answer = given;
    expect((await bind('w-5', id, 'code-0006', key)).data?.bindWeChat.userErrors).toEqual([]);
  },
);

test('refuses where WeChat is not set up', async () => {
  const id = await open('w-6', 6);
  configure({ newsChannels: '{"sms":null}' });
  expect((await bind('w-6', id, 'code-0007')).data?.bindWeChat.userErrors).toMatchObject([
    { code: 'INVALID', field: null },
  ]);
});

test('exchanges no code for anyone but the signed-in applicant', async () => {
  const id = await open('w-7', 7);
  const input = { case: id, code: 'code-0008', locale: 'ZH' };
  const stranger = await send(applicant('w-1'), 'bindWeChat', input);
  expect(stranger.data?.bindWeChat.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const officer: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_teda', roles: ['RECEIVE'] };
  for (const viewer of [{ kind: 'caseHolder', caseId: id } as const, officer]) {
    const { errors } = await send(viewer, 'bindWeChat', input);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  expect(wechat.take()).toEqual([]);
});

test('takes no openid from a client', async () => {
  const id = await open('w-8', 8);
  const input = { case: id, channel: 'WECHAT', address: WECHAT_OPENID, locale: 'ZH' };
  const { data } = await send(applicant('w-8'), 'setNewsContact', input);
  expect(data?.setNewsContact).toMatchObject({ case: null, userErrors: [{ code: 'INVALID', field: ['channel'] }] });
  expect(await contactOf(id)).toBeNull();
});

test('the function that delivers messages exchanges codes for talent', async () => {
  const { handler } = await import('../../src/handlers/invoked/deliver-outbox.ts');
  expect(await handler({ exchange: { code: 'code-0009' } })).toEqual({ is: 'OPENID', openid: WECHAT_OPENID });
  await expect(handler({ exchange: { code: '' } })).rejects.toThrow('no list of outbox entries');
});
