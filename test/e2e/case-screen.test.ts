import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { parseManifest } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { caseTokens } from '../../src/auth/case-token.ts';
import { configure } from '../../src/config.ts';
import { holderToken } from '../fixtures/holder-token.ts';
import { makeCase } from '../fixtures/talent-cases.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.ts';

/** A phone draws the whole screen of its holder's case from one GET, and is told when there is nothing new. */

const SECRET = 'a secret that only signs tokens of this test';
const MINE = makeCase(1, 'UNDER_REVIEW', '2020-03-09T01:00:00.000Z');
const DOCUMENT = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8')).operations.find(
  ({ name }) => name === 'CaseScreen',
);

let system: TestSystem;
let proxy: RecordingProxy;
let handler: typeof import('../../src/handlers/gateway/gateway.ts').handler;
let token: string;

beforeAll(async () => {
  system = await startTestSystem();
  proxy = await startRecordingProxy(system.endpoint);
  configure({
    dynamodbEndpoint: proxy.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    caseTokenSecret: SECRET,
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler } = await import('../../src/handlers/gateway/gateway.ts'));
  await system.write('talent', MINE.items);
  token = await holderToken(system, caseTokens(SECRET), MINE.id);
  // The gateway reads its supergraph with the first request.
  await get();
});
afterAll(async () => {
  await proxy.stop();
  await system.stop();
});

async function get(
  headers: Readonly<Record<string, string>> = {},
  variables: object = { locale: 'EN' },
  credentials: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` },
) {
  const search = new URLSearchParams({ documentId: DOCUMENT?.id ?? '', variables: JSON.stringify(variables) });
  const event = {
    rawPath: '/graphql',
    rawQueryString: String(search),
    headers: { 'graphql-require-preflight': '1', ...credentials, ...headers },
    requestContext: { requestId: `r-${Math.random()}`, http: { method: 'GET', path: '/graphql' } },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  const isBrotli = answer.headers?.['content-encoding'] === 'br';
  const text = (isBrotli ? brotliDecompressSync(bytes) : bytes).toString();
  return { status: answer.statusCode, headers: answer.headers ?? {}, bytes, body: text && JSON.parse(text) };
}

test('one GET, which says nothing of the case in its URL, a Get and a Query draw the screen', async () => {
  let answer: Awaited<ReturnType<typeof get>> | undefined;
  const calls = await proxy.during(async () => {
    answer = await get();
  });
  // Whether the token's secret is still the case's, then the case.
  expect(calls).toEqual(['GetItem', 'Query']);
  expect(answer?.body.errors).toBeUndefined();
  const { case: screen } = answer?.body.data ?? {};
  expect(screen).toMatchObject({
    receiptNumber: MINE.receiptNumber,
    kindLabel: 'Hukou',
    routeLabel: 'by degree',
    stateLabel: 'Under review',
    waitingOnLabel: 'Waiting for the agency',
    handlerLabel: 'Human Resources and Social Security Bureau',
    beneficiary: { relationLabel: 'Your child' },
    deadlines: { stepLabel: 'Decision' },
    documents: [{ name: 'Degree', statusLabel: 'Asked for' }],
    opinions: [{ verdictLabel: 'In favour' }, { agencyLabel: 'Public Security Bureau', verdictLabel: 'Awaited' }],
    decision: null,
    outcome: null,
    updatedAt: '2020-03-09T01:04:00.000Z',
    nextPollAfter: expect.stringMatching(/T00:30:00\.000Z$/),
  });
  const stages = screen.progress.map(({ label, status }: { label: string; status: string }) => `${label} ${status}`);
  expect(stages).toEqual([
    'Submission DONE',
    'Acceptance DONE',
    'Review CURRENT',
    'Decision UPCOMING',
    'Delivery UPCOMING',
  ]);
  expect(screen.timeline.at(-1)).toMatchObject({ sequence: 5, label: 'An agency gave its opinion' });
});

test('each language has words for all of it', async () => {
  const answers = await Promise.all(['ZH', 'JA', 'EN'].map((locale) => get({}, { locale })));
  const [zh, ja] = answers.map(({ body }) => body.data.case);
  expect([zh.stateLabel, zh.waitingOnLabel, zh.handlerLabel]).toEqual(['审核中', '等待受理机关', '人社局']);
  expect([ja.stateLabel, ja.waitingOnLabel, ja.kindLabel]).toEqual(['審査中', '担当機関の対応待ち', '戸籍']);
  expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
});

test('who has it already is told so in a few bytes, with a later token too, until the case changes', async () => {
  const first = await get({ 'accept-encoding': 'br' });
  expect(first).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'private, no-cache', 'content-encoding': 'br', etag: expect.stringMatching(/^"/) },
  });
  const etag = String(first.headers.etag);
  token = await holderToken(system, caseTokens(SECRET), MINE.id, new Date(Date.now() + 2_000));
  const again = await get({ 'accept-encoding': 'br', 'if-none-match': etag });
  expect(again).toMatchObject({ status: 304, headers: { etag, 'cache-control': 'private, no-cache' }, body: '' });

  const changed = makeCase(1, 'REJECTED', '2020-03-09T01:00:00.000Z');
  await system.write('talent', [changed.items[0]!]);
  const after = await get({ 'accept-encoding': 'br', 'if-none-match': etag });
  expect([after.status, after.body.data.case.stateLabel]).toEqual([200, 'Rejected']);
  expect(after.headers.etag).not.toBe(etag);
  await system.write('talent', [MINE.items[0]!]);
});

test('who holds no case has to name one', async () => {
  const { status, body } = await get({}, { locale: 'EN' }, {});
  expect(status).toBe(200);
  expect(body.data).toEqual({ case: null });
  expect(body.errors).not.toHaveLength(0);
});
