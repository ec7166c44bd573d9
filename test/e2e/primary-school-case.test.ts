import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure, readConfig } from '../../src/config.ts';
import { addDays, dayInShanghai } from '../../src/domain/calendar/day.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { BearerChoice } from '../../src/local/dev-issuer/bearer.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import type { HttpHost } from '../../src/local/http/http-host.ts';
import { localUploads } from '../../src/storage/uploads/open.ts';
import { caseTypeItems, primarySchool } from '../fixtures/case-types.ts';
import { announced, pdf, send, startFileHost } from '../fixtures/files.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** One case of a primary school from its opening to the place offered, each step by a signed-in caller of the gateway. */

const ZONE = 'zone_teda';
const SHA256 = 'ab'.repeat(32);
const MASTER_SECRET = 'a master key that is for tests only';
const TODAY = dayInShanghai(new Date());

let system: TestSystem;
let dataDir: string;
let issuer: DevIssuer;
let host: HttpHost;
let handler: typeof import('../../src/handlers/gateway/gateway.ts').handler;

beforeAll(async () => {
  system = await startTestSystem();
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');
  host = await startFileHost(localUploads({ ...readConfig({}), dataDir, localMasterSecret: MASTER_SECRET }));
  configure({
    dataDir,
    port: Number(new URL(host.url).port),
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: MASTER_SECRET,
    oidcIssuers: [issuer.trusted],
  });
  ({ handler } = await import('../../src/handlers/gateway/gateway.ts'));
  const window = { opensOn: addDays(TODAY, -1), closesOn: addDays(TODAY, 1) };
  await system.write('talent', caseTypeItems(primarySchool(window, TODAY)));
});
afterAll(async () => {
  await host.close();
  await system.stop();
  rmSync(dataDir, { recursive: true });
});

type Kind = Parameters<typeof bearerClaims>[0];
type Caller = readonly [kind: Kind, choice: BearerChoice];
const PARENT: Caller = ['applicant', { person: 'parent-1' }];
const officer = (agency: string, roles: string): Caller => [
  'officer',
  { agency, roles, zone: ZONE, person: `${agency}-1` },
];

async function ask([kind, choice]: Caller, query: string, variables: object = {}) {
  const token = await issuer.sign(bearerClaims(kind, choice, issuer.trusted), 60);
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/graphql' } },
    body: JSON.stringify({ query, variables }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  return JSON.parse(body);
}

let keys = 0;

/** Asks for one mutation with a key of its own. */
async function mutate(caller: Caller, name: string, input: object, fields = 'case { id state version }') {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    ${fields}
    userErrors { code field message }
  } }`;
  const { data, errors } = await ask(caller, query, { input: { idempotencyKey: `story-step-${keys++}`, ...input } });
  expect(errors).toBeUndefined();
  return data[name];
}

const ALL = 'case { id receiptNumber state handler version waitingOn applicant { name idNumber phone } }';
const UPLOAD = 'upload { id url method headers { name value } }';

const OPENING = {
  caseType: 'ctype_schooling-primary',
  zone: ZONE,
  park: 'park_binhai-zhongguancun',
  applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 12), phone: '10012345678' },
  relation: 'CHILD',
};

test('a child gets a place in a primary school', async () => {
  const bornOn = `${Number(TODAY.slice(0, 4)) - 7}${TODAY.slice(4).replace('02-29', '02-28')}`;
  const opened = await mutate(PARENT, 'openCase', { ...OPENING, child: { bornOn } }, ALL);
  expect(opened).toEqual({
    case: {
      id: expect.stringMatching(/^case_/),
      receiptNumber: expect.stringMatching(/^BHZ(-[0-9A-HJKMNP-TV-Z]{4}){3}$/),
      state: 'DRAFT',
      handler: null,
      version: 1,
      waitingOn: 'APPLICANT',
      applicant: { name: '张*', idNumber: expect.stringMatching(/^999\*{11}\d{3}[\dX]$/), phone: '100****5678' },
    },
    userErrors: [],
  });
  const id: string = opened.case.id;
  const step = async (caller: Caller, name: string, input: object, state: string) => {
    const answer = await mutate(caller, name, { case: id, ...input });
    expect([name, answer.userErrors, answer.case?.state]).toEqual([name, [], state]);
  };
  const early = await mutate(PARENT, 'submitCase', { case: id });
  expect(early.userErrors.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill('NOT_ALLOWED'));
  await step(PARENT, 'giveConsent', {}, 'DRAFT');
  for (const document of ['residence-permit', 'household-book']) {
    const file = { document, fileName: '张某某.pdf', ...announced(pdf(document)) };
    const { upload } = await mutate(PARENT, 'requestUpload', { case: id, ...file }, UPLOAD);
    expect(await send(upload, pdf(document))).toBe(200);
    await step(PARENT, 'supplyDocument', { upload: upload.id }, 'DRAFT');
  }
  await step(PARENT, 'submitCase', {}, 'SUBMITTED');
  await step(officer('PARK', 'RECEIVE'), 'acceptCase', { version: 5 }, 'ACCEPTED');
  await step(officer('EDU', 'REVIEW'), 'startReview', { version: 6 }, 'UNDER_REVIEW');
  await step(officer('PSB', 'REVIEW'), 'giveOpinion', { verdict: 'AGREE' }, 'UNDER_REVIEW');
  await step(officer('EDU', 'REVIEW'), 'giveOpinion', { verdict: 'AGREE' }, 'UNDER_REVIEW');
  await step(officer('EDU', 'DECIDE'), 'decideCase', { version: 9, approved: true }, 'APPROVED');
  const schoolPlace = { schoolName: { zh: '示例小学', en: 'Sample School' }, schoolYear: 2026 };
  const delivered = { version: 10, documentSha256: SHA256, outcome: { schoolPlace } };
  await step(officer('EDU', 'DECIDE'), 'deliverResult', delivered, 'DELIVERED');

  const { data, errors } = await ask(
    PARENT,
    `query ($id: ID!) { case(id: $id) {
      state waitingOn version timeline { kind agency } documents { code status version versions { version size mediaType } }
      opinions { agency verdict } decision { approved }
      outcome { ... on SchoolPlace { schoolName(locale: ZH) schoolYear documentSha256 } }
    } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(data.case).toEqual({
    state: 'DELIVERED',
    waitingOn: 'NOBODY',
    version: 11,
    timeline: [
      { kind: 'OPENED', agency: null },
      { kind: 'CONSENT_GIVEN', agency: null },
      { kind: 'DOCUMENT_SUPPLIED', agency: null },
      { kind: 'DOCUMENT_SUPPLIED', agency: null },
      { kind: 'SUBMITTED', agency: null },
      { kind: 'ACCEPTED', agency: 'PARK' },
      { kind: 'REVIEW_STARTED', agency: 'EDU' },
      { kind: 'OPINION_GIVEN', agency: 'PSB' },
      { kind: 'OPINION_GIVEN', agency: 'EDU' },
      { kind: 'APPROVED', agency: 'EDU' },
      { kind: 'DELIVERED', agency: 'EDU' },
    ],
    documents: ['household-book', 'residence-permit'].map((code) => ({
      code,
      status: 'CHECKED',
      version: 1,
      versions: [{ version: 1, size: pdf(code).length, mediaType: 'application/pdf' }],
    })),
    opinions: ['EDU', 'PSB'].map((agency) => ({ agency, verdict: 'AGREE' })),
    decision: { approved: true },
    outcome: { schoolName: '示例小学', schoolYear: 2026, documentSha256: SHA256 },
  });
});

test('who has nothing to do with a case is not told that there is one', async () => {
  const { case: opened } = await mutate(PARENT, 'openCase', { ...OPENING, child: { bornOn: '2020-01-01' } });
  const another: Caller = ['applicant', { person: 'parent-2' }];
  for (const [name, caller] of [
    ['withdrawCase', another],
    ['acceptCase', ['officer', { agency: 'PARK', roles: 'RECEIVE', zone: 'zone_baodi' }] satisfies Caller],
    ['acceptCase', officer('HRSS', 'RECEIVE')],
    ['recommendTalent', ['clerk', {}] satisfies Caller],
  ] as const) {
    const version = name === 'acceptCase' ? { version: 1 } : {};
    const answer = await mutate(caller, name, { case: opened.id, ...version });
    expect(answer).toEqual({
      case: null,
      userErrors: [expect.objectContaining({ code: 'NOT_FOUND', field: ['case'] })],
    });
  }
});
