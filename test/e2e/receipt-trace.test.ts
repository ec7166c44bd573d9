import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Whoever opens a case by its receipt and secret leaves an entry that the applicant sees, and is out when the secret is renewed. */

let system: TestSystem;
let talent: Execute;
let gateway: typeof import('../../src/handlers/gateway/gateway.ts').handler;
let caseHolder: typeof import('../../src/handlers/http/case-holder.ts').handler;

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
  configure({
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    caseTokenSecret: 'a secret that only signs tokens of this test',
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler: gateway } = await import('../../src/handlers/gateway/gateway.ts'));
  ({ handler: caseHolder } = await import('../../src/handlers/http/case-holder.ts'));
});
afterAll(() => system.stop());

let keys = 0;
const key = () => `trace-step-${keys++}`;

interface Opened {
  readonly viewer: Viewer;
  readonly id: string;
  readonly receiptNumber: string;
  readonly secret: string;
}

async function open(person: string, number: number): Promise<Opened> {
  const viewer: Viewer = { kind: 'applicant', person };
  const applicant = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' };
  const input = {
    idempotencyKey: key(),
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant,
    relation: 'SELF',
  };
  const { data } = await talent(
    'mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id receiptNumber } receiptSecret userErrors { code } } }',
    { input },
    { viewer, now: new Date() },
  );
  const { case: of, receiptSecret } = data.openCase;
  return { viewer, id: of.id, receiptNumber: of.receiptNumber, secret: receiptSecret };
}

async function renew({ viewer, id }: Opened): Promise<string> {
  const { data } = await talent(
    'mutation ($input: RenewReceiptSecretInput!) { renewReceiptSecret(input: $input) { receiptSecret userErrors { code } } }',
    { input: { idempotencyKey: key(), case: id } },
    { viewer, now: new Date() },
  );
  return data.renewReceiptSecret.receiptSecret;
}

function eventOf(path: string, body: object, token?: string) {
  return {
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path, sourceIp: '192.0.2.1' } },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}
const LAMBDA = { getRemainingTimeInMillis: () => 29_000 };

async function signIn({ receiptNumber, secret }: Pick<Opened, 'receiptNumber' | 'secret'>) {
  const { body = '', statusCode } = await caseHolder(eventOf('/case-holder/token', { receiptNumber, secret }), LAMBDA);
  const { access_token: token, errors } = JSON.parse(body);
  return { token: token as string, status: statusCode, code: errors?.[0].extensions.code };
}

async function ask(token: string, query = '{ case { stateLabel(locale: EN) } }', variables: object = {}) {
  const { body = '' } = await gateway(eventOf('/graphql', { query, variables }, token), LAMBDA);
  return JSON.parse(body);
}
const stateOf = async (token: string) => (await ask(token)).data?.case.stateLabel;
const codeOf = async (token: string) => (await ask(token)).errors?.[0].extensions.code;

const ACCESS = `{ myAccessLog(first: 10) { nodes {
  by en: byLabel(locale: EN) zh: byLabel(locale: ZH) ja: byLabel(locale: JA) purpose
  cases { case { id } fullFields maskedFields }
} } }`;
async function accessOf({ viewer }: Opened) {
  const { data, errors } = await talent(ACCESS, {}, { viewer });
  expect(errors).toBeUndefined();
  return data.myAccessLog.nodes;
}

const entry = ({ id }: Opened) => ({
  by: 'CASE_HOLDER',
  en: 'holder of the receipt',
  zh: '持有受理回执者',
  ja: '受付票の所持者',
  purpose: null,
  cases: [{ case: { id }, fullFields: [], maskedFields: [] }],
});

test('each token that a receipt opened is an entry, and no poll is', async () => {
  const opened = await open('t-1', 1);
  const first = await signIn(opened);
  for (let poll = 0; poll < 3; poll++) expect(await stateOf(first.token)).toBe('Draft');
  expect(await accessOf(opened)).toEqual([entry(opened)]);
  await signIn(opened);
  expect(await accessOf(opened)).toEqual([entry(opened), entry(opened)]);
});

test('a wrong secret opens nothing and is no entry', async () => {
  const opened = await open('t-2', 2);
  expect(await signIn({ ...opened, secret: '0000-0000-0000-0000' })).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await accessOf(opened)).toEqual([]);
});

test('no token is given where the entry cannot be recorded', async () => {
  const opened = await open('t-3', 3);
  const { processConnection } = await import('../../src/handlers/process.ts');
  const { config } = await import('../../src/config.ts');
  const { dynamo } = processConnection(config());
  const allowWrites = dynamo.intercept('call', async (command, next) => {
    if (command.operation === 'Put') throw new Error('no write');
    return next(command);
  });
  const refused = await signIn(opened);
  allowWrites();
  expect(refused).toEqual({ token: undefined, status: 503, code: 'ACCESS_NOT_RECORDED' });
  expect(await accessOf(opened)).toEqual([]);
  expect((await signIn(opened)).status).toBe(200);
});

test('a renewed secret ends the tokens of the one before with the very next request', async () => {
  const opened = await open('t-4', 4);
  const before = await signIn(opened);
  expect(await stateOf(before.token)).toBe('Draft');
  const secret = await renew(opened);
  expect(await codeOf(before.token)).toBe('UNAUTHENTICATED');
  const after = await signIn({ ...opened, secret });
  expect(await stateOf(after.token)).toBe('Draft');
  expect(await codeOf(before.token)).toBe('UNAUTHENTICATED');
});

test('the holder of a receipt opens no document, and so leaves no entry of one', async () => {
  const opened = await open('t-5', 5);
  const { token } = await signIn(opened);
  const { data } = await ask(
    token,
    'mutation ($input: OpenDocumentInput!) { openDocument(input: $input) { link { url } userErrors { code } } }',
    { input: { case: opened.id, document: 'employment-contract', purpose: 'OWN_DATA' } },
  );
  expect(data?.openDocument?.link ?? null).toBeNull();
  expect(await accessOf(opened)).toEqual([entry(opened)]);
});
