import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { hasCaseTag, hashCaseSecret, newCaseSecret, printCaseSecret } from '../../src/auth/case-secret.ts';
import { CASE_TOKEN_SECONDS, caseTokens } from '../../src/auth/case-token.ts';
import { openCase } from '../../src/auth/open-case.ts';
import { MAX_NETWORK_FAILURES, MAX_PAIR_FAILURES, SignInMemory } from '../../src/auth/sign-in-memory.ts';
import { configure } from '../../src/config.ts';
import { itemsOf } from '../../src/local/demo-data/items.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { demoCaseSecret } from '../../src/local/demo-data/talent/case-secrets.ts';
import { sealedPersons } from '../../src/local/demo-data/talent/sealed-persons.ts';
import { caseSecretItem } from '../../src/storage/credentials/items.ts';
import { momentOf } from '../fixtures/moment.ts';
import { CURSOR_SECRET, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Who has no account gets at one case with its receipt number and secret. */

const SECRET = 'K7QX4M2P9ZR8TW3V';
const tokens = caseTokens('a secret that only signs tokens of this test');

let system: TestSystem;
let handler: typeof import('../../src/handlers/http/case-holder.ts').handler;
let cases = 0;
/** Each story has a case of its own. */
let receiptNumber: string;
let caseId: string;
let memory: SignInMemory;

beforeAll(async () => {
  system = await startTestSystem();
  configure({ dynamodbEndpoint: system.endpoint, caseTokenSecret: 'a secret that only signs tokens of this test' });
  ({ handler } = await import('../../src/handlers/http/case-holder.ts'));
});
afterAll(() => system.stop());
beforeEach(async () => {
  cases += 1;
  memory = new SignInMemory();
  receiptNumber = `STORY-${cases}`;
  caseId = `case_01E3CX000000000000000000${String(cases).padStart(2, '0')}`;
  const salt = Buffer.from(`salt ${cases}`).toString('base64url');
  await system.write('credentials', [
    caseSecretItem({ receiptNumber, caseId, applicantId: 'person-1', salt, secretHash: hashCaseSecret(SECRET, salt) }),
  ]);
});

const open = (secret: string, now = NOW, receipt = receiptNumber, network = 'n-1') =>
  openCase(
    { receiptNumber: receipt, secret, network },
    { table: system.table('credentials'), tokens, memory, tagKey: CURSOR_SECRET, now },
  );
const keepSecret = (secret: string, salt: string) =>
  system.write('credentials', [
    caseSecretItem({ receiptNumber, caseId, applicantId: 'person-1', salt, secretHash: hashCaseSecret(secret, salt) }),
  ]);
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

async function post(body: unknown, change: Partial<APIGatewayProxyEventV2> = {}) {
  const event = {
    rawPath: '/case-holder/token',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/case-holder/token' } },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    ...change,
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, { getRemainingTimeInMillis: () => 10_000 });
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body ?? '') };
}

test('the right secret gives a token that says one case, for a quarter of an hour', async () => {
  const opened = await open(SECRET);
  if (opened.kind !== 'OPENED') throw new Error(opened.kind);
  expect(await tokens.check(opened.token, momentOf(later(CASE_TOKEN_SECONDS - 1)))).toEqual({
    viewer: { kind: 'caseHolder', caseId },
    until: later(CASE_TOKEN_SECONDS).getTime(),
  });
  expect(await tokens.check(opened.token, momentOf(later(CASE_TOKEN_SECONDS)))).toEqual({ refused: 'ERR_JWT_EXPIRED' });
  const others = caseTokens('another secret, of another deployment of this');
  expect(await others.check(opened.token, momentOf(NOW))).toEqual({ refused: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
});

test.each([
  ['as it is printed', printCaseSecret(SECRET)],
  ['in small letters', SECRET.toLowerCase()],
  ['with blanks', ` ${SECRET.slice(0, 8)} ${SECRET.slice(8)} `],
])('the secret may be typed %s', async (_, typed) => {
  expect(await open(typed)).toHaveProperty('kind', 'OPENED');
});

test.each([
  ['another secret', `${SECRET.slice(0, -1)}0`],
  ['a part of it', SECRET.slice(0, -1)],
  ['nothing', ''],
  ['much', SECRET.repeat(20)],
])('%s is refused', async (_, typed) => {
  expect(await open(typed)).toEqual({ kind: 'REFUSED', failures: 1 });
});

test('another case’s secret, and a case that there isn’t, are refused alike and cost the same', async () => {
  expect(await open(SECRET, NOW, 'STORY-NONE')).toEqual({ kind: 'REFUSED', failures: 1 });
  for (const receipt of [receiptNumber, 'STORY-NEVER']) {
    const calls = await system.dynamo.during(() => open('0000000000000000', NOW, receipt));
    expect(calls.map(({ command }) => command)).toEqual(['Get']);
  }
});

test('a secret with a tag opens its case, and one with a wrong tag is told without a read beyond the limits', async () => {
  const { secret, salt } = newCaseSecret(receiptNumber, CURSOR_SECRET);
  expect(secret).toHaveLength(20);
  expect([hasCaseTag(secret, receiptNumber, CURSOR_SECRET), hasCaseTag(secret, 'STORY-0', CURSOR_SECRET)]).toEqual([
    true,
    false,
  ]);
  await keepSecret(secret, salt);
  for (let i = 0; i < MAX_NETWORK_FAILURES; i++) await open(String(i).padStart(20, '0'), NOW, `STORY-NONE-${i}`);
  const wrong = await system.dynamo.during(() => open('00000000000000000000', NOW, 'STORY-NEVER'));
  expect(wrong.map(({ command }) => command)).toEqual(['Query']);
  expect(await open(printCaseSecret(secret))).toHaveProperty('kind', 'OPENED');
});

test('a replaced secret is refused at once, and costs one read however often it is tried', async () => {
  const [before, after] = [newCaseSecret(receiptNumber, CURSOR_SECRET), newCaseSecret(receiptNumber, CURSOR_SECRET)];
  await keepSecret(before.secret, before.salt);
  expect(await open(before.secret)).toHaveProperty('kind', 'OPENED');
  await keepSecret(after.secret, after.salt);
  const calls = await system.dynamo.during(async () => {
    for (let i = 0; i < 5; i++) expect(await open(before.secret)).not.toHaveProperty('kind', 'OPENED');
  });
  expect(calls).toHaveLength(1);
  expect(await open(after.secret)).toHaveProperty('kind', 'OPENED');
});

test('only failures count, by network and receipt number, and never against the right secret', async () => {
  for (let i = 0; i < 3 * MAX_PAIR_FAILURES; i++) expect(await open(SECRET)).toHaveProperty('kind', 'OPENED');
  const guesses = await Promise.all(Array.from({ length: 30 }, (_, i) => open(String(i).padStart(16, '0'))));
  expect(guesses.filter(({ kind }) => kind === 'REFUSED')).toHaveLength(MAX_PAIR_FAILURES);
  expect(await open('0000000000000000')).toEqual({ kind: 'TOO_MANY_TRIES', retryAfterSeconds: 900, failures: 31 });
  expect(await open(SECRET)).toHaveProperty('kind', 'OPENED');
  expect(await open('0000000000000000', NOW, receiptNumber, 'n-2')).toHaveProperty('kind', 'REFUSED');
  expect(await open('0000000000000000', NOW, 'STORY-OTHER')).toHaveProperty('kind', 'REFUSED');
  expect(await open('0000000000000000', later(900))).toHaveProperty('kind', 'REFUSED');
});

test('what one instance remembers is bounded', () => {
  for (let i = 0; i < 50_000; i++) memory.fail(`n-${i}`, 'STORY-1', NOW);
  expect(memory.secondsToWait('n-0', 'STORY-1', NOW)).toBeUndefined();
  for (let i = 0; i < MAX_NETWORK_FAILURES; i++) memory.fail('n-1', `STORY-${i}`, NOW);
  expect(memory.secondsToWait('n-1', 'STORY-NONE', NOW)).toBe(900);
});

test('by HTTP it is asked for in a body, and answered as a token is, never kept', async () => {
  const { status, headers, body } = await post({ receiptNumber, secret: SECRET });
  expect([status, body]).toEqual([
    200,
    { access_token: expect.any(String), token_type: 'Bearer', expires_in: CASE_TOKEN_SECONDS },
  ]);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect(await tokens.check(body.access_token, momentOf(new Date()))).toMatchObject({
    viewer: { kind: 'caseHolder', caseId },
  });
});

test('by HTTP what is wrong says no more than it must', async () => {
  const wrong = await post({ receiptNumber, secret: 'wrong' });
  const unknown = await post({ receiptNumber: 'STORY-NONE', secret: SECRET });
  expect(wrong).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
  expect(unknown).toEqual(wrong);
  for (let i = 0; i < MAX_PAIR_FAILURES; i++) await post({ receiptNumber, secret: 'wrong' });
  const tooMany = await post({ receiptNumber, secret: 'wrong' });
  expect(tooMany).toMatchObject({
    status: 429,
    headers: { 'retry-after': expect.stringMatching(/^\d+$/), 'cache-control': 'no-store' },
    body: { errors: [{ extensions: { code: 'THROTTLED' } }] },
  });
  expect(await post({ receiptNumber, secret: SECRET })).toHaveProperty('status', 200);
});

test.each<[string, unknown, Partial<APIGatewayProxyEventV2>]>([
  [
    'a secret in the URL',
    { receiptNumber: 'BHZ-000001', secret: 'x' },
    { rawQueryString: 'receiptNumber=BHZ-000001&secret=x' },
  ],
  ['a form', {}, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['no secret', { receiptNumber: 'BHZ-000001' }, {}],
  ['more than is asked', { receiptNumber: 'BHZ-000001', secret: 'x', caseId: 'case_x' }, {}],
  ['a receipt number of no form', { receiptNumber: 'BHZ#1', secret: 'x' }, {}],
])('%s is no request for a token', async (_, body, change) => {
  const { status, body: answer } = await post(body, change);
  expect([400, 415]).toContain(status);
  expect(answer).not.toHaveProperty('access_token');
});

test('each demo case has its own secret, and it opens that case', async () => {
  const persons = await sealedPersons(SCALES.S, new Date(), system.keyring);
  const secrets = [...itemsOf('credentials', SCALES.S, '2020-03-16', persons)].slice(0, 3);
  await system.write('credentials', secrets);
  const receipts = ['BHZ-000001', 'BHZ-000002', 'BHZ-000003'];
  const opened = await Promise.all(
    receipts.map((receipt) => open(printCaseSecret(demoCaseSecret(receipt)), NOW, receipt)),
  );
  const ids = await Promise.all(
    opened.map(async (each) => (each.kind === 'OPENED' ? tokens.check(each.token, momentOf(NOW)) : each)),
  );
  expect(ids).toMatchObject(
    secrets.map((item) => ({ viewer: { kind: 'caseHolder', caseId: 'caseId' in item && item.caseId } })),
  );
  expect(new Set(receipts.map(demoCaseSecret)).size).toBe(3);
  expect(await open(demoCaseSecret('BHZ-000002'), NOW, 'BHZ-000001')).toHaveProperty('kind', 'REFUSED');
});
