import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import type { HttpHost } from '../../src/local/http/http-host.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { documentVersionItem } from '../../src/storage/talent/documents/items.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { announced, pdf, send, startFileHost } from '../fixtures/files.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A file of a case is opened: one whole document, recorded in the access log before anything is. */

let system: TestSystem;
let host: HttpHost;
let talent: Execute;
let issuer: Awaited<ReturnType<typeof devIssuer>>;
let handler: typeof import('../../src/handlers/gateway/gateway.ts').handler;

const ZONE = 'zone_teda';
const FIRST = pdf('first');
const SECOND = pdf('second');

beforeAll(async () => {
  system = await startTestSystem();
  host = await startFileHost(system.uploads);
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
  issuer = await devIssuer({ mode: 'local', dataDir: system.dataDir }, 'http://localhost/dev-issuer');
  configure({
    dataDir: system.dataDir,
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
    oidcIssuers: [issuer.trusted],
  });
  ({ handler } = await import('../../src/handlers/gateway/gateway.ts'));
});
afterAll(async () => {
  await host.close();
  await system.stop();
});

type Bearer = Parameters<typeof bearerClaims>;

/** Through the gateway's own door. */
async function ask([as, choice]: readonly [Bearer[0], Bearer[1]], query: string, variables: object) {
  const token = await issuer.sign(bearerClaims(as, choice, issuer.trusted), 60);
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    requestContext: { requestId: 'r', http: { method: 'POST', path: '/graphql' } },
    body: JSON.stringify({ query, variables }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { headers, body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  return { headers, body: JSON.parse(body) };
}

let keys = 0;

/** By the subgraph itself: what comes before the stories. */
async function mutate(viewer: Viewer, name: string, input: object, fields: string) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
  const whole = { idempotencyKey: `opening-step-${keys++}`, ...input };
  const { data, errors } = await talent(query, { input: whole }, { viewer, now: new Date() });
  expect([errors, data[name].userErrors]).toEqual([undefined, []]);
  return data[name];
}

const atHost = (url: string) => url.replace(/^http:\/\/[^/]+/, host.url);
const fileName = '张某某的合同.pdf';

async function handIn(viewer: Viewer, id: string, bytes: Buffer) {
  const file = { case: id, document: 'employment-contract', fileName, ...announced(bytes) };
  const { upload } = await mutate(viewer, 'requestUpload', file, 'upload { id url method headers { name value } }');
  expect(await send({ ...upload, url: atHost(upload.url) }, bytes)).toBe(200);
  await mutate(viewer, 'supplyDocument', { case: id, upload: upload.id }, 'case { id }');
}

/** A case with two versions of its contract, and handed in where `isSubmitted`. */
async function caseOf(person: string, number: number, isSubmitted = true): Promise<string> {
  const viewer: Viewer = { kind: 'applicant', person };
  const opened = await mutate(
    viewer,
    'openCase',
    {
      caseType: TALENT_APARTMENT.id,
      zone: ZONE,
      applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' },
      relation: 'SELF',
      ownsDwelling: false,
    },
    'case { id }',
  );
  const { id } = opened.case;
  await handIn(viewer, id, FIRST);
  await handIn(viewer, id, SECOND);
  if (!isSubmitted) return id;
  await mutate(viewer, 'submitCase', { case: id }, 'case { id }');
  await mutate(officer('PARK'), 'claimWork', { case: id }, 'work { __typename }');
  return id;
}

const OPEN = `mutation ($input: OpenDocumentInput!) { openDocument(input: $input) {
  link { url expiresAt fileName mediaType size sha256 }
  userErrors { code field message }
} }`;
const asked = (id: string, more: object = {}) => ({
  input: { case: id, document: 'employment-contract', purpose: 'CASE_HANDLING', ...more },
});

function open(viewer: Viewer, id: string, more: object = {}, now = new Date()) {
  return talent(OPEN, asked(id, more), { viewer, now });
}

const officer = (agency: 'PARK' | 'HOUSING' | 'EDU', zone = ZONE): Viewer => ({
  kind: 'officer',
  person: `officer-of-${agency}`,
  agency,
  zone,
  roles: ['RECEIVE', 'REVEAL'],
});

const ACCESS = `{ myAccessLog(first: 5) { nodes {
  by agency purpose cases { case { id } fullFields maskedFields }
} } }`;

test('an officer opens the newest file through the gateway, the link gives it, and the applicant is told of it', async () => {
  const id = await caseOf('p-1', 1);
  const { headers, body } = await ask(
    ['officer', { person: 'officer-of-PARK', agency: 'PARK', zone: ZONE }],
    OPEN,
    asked(id),
  );
  expect(headers).toMatchObject({ 'cache-control': 'no-store' });
  expect(headers).not.toHaveProperty('etag');
  const { link, userErrors } = body.data.openDocument;
  expect([body.errors, userErrors]).toEqual([undefined, []]);
  expect(link).toEqual({ url: expect.any(String), expiresAt: expect.any(String), fileName, ...announced(SECOND) });
  const minutes = (Date.parse(link.expiresAt) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(2);
  expect(minutes).toBeLessThanOrEqual(3);
  expect(decodeURIComponent(link.url)).not.toMatch(/张|合同|p-1\b/);

  const answer = await fetch(atHost(link.url));
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(SECOND);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="employment-contract-2.pdf"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });

  const told = await ask(['applicant', { person: 'p-1' }], ACCESS, {});
  expect(told.body.data.myAccessLog.nodes).toEqual([
    {
      by: 'OFFICER',
      agency: 'PARK',
      purpose: 'CASE_HANDLING',
      cases: [{ case: { id }, fullFields: ['DocumentLink.url'], maskedFields: [] }],
    },
  ]);
});

test('applicants open their own, drafts too, in each version; and that is no entry of the access log', async () => {
  const id = await caseOf('p-2', 2, false);
  for (const [version, bytes] of [
    [1, FIRST],
    [2, SECOND],
  ] as const) {
    const { body } = await ask(['applicant', { person: 'p-2' }], OPEN, asked(id, { version, purpose: 'OWN_DATA' }));
    expect(body.data.openDocument).toMatchObject({ link: { fileName, ...announced(bytes) }, userErrors: [] });
    const answer = await fetch(atHost(body.data.openDocument.link.url));
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  }
  const { body } = await ask(['applicant', { person: 'p-2' }], ACCESS, {});
  expect(body.data.myAccessLog.nodes).toEqual([]);
});

test('who may open it, and for what', async () => {
  const id = await caseOf('p-3', 3);
  const own: Viewer = { kind: 'applicant', person: 'p-3' };
  for (const [viewer, purpose, isOpened] of [
    [officer('PARK'), 'CASE_HANDLING', true],
    [officer('PARK'), 'CORRECTION', true],
    [officer('PARK'), 'SUPERVISION', false],
    [officer('PARK'), 'OWN_DATA', false],
    [officer('HOUSING'), 'CASE_HANDLING', true],
    [officer('HOUSING'), 'CORRECTION', false],
    [officer('EDU'), 'CASE_HANDLING', false],
    [own, 'CORRECTION', true],
    [own, 'CASE_HANDLING', false],
  ] as const) {
    // It is in the list of PARK only: others have nothing to claim.
    const emergency = viewer.kind === 'officer' && viewer.agency === 'HOUSING' ? 'DANGER_TO_PROPERTY' : null;
    const { data, errors } = await open(viewer, id, { purpose, emergency });
    expect(errors).toBeUndefined();
    const refused = [{ code: 'NOT_ALLOWED', field: ['purpose'], message: expect.any(String) }];
    const { link, userErrors } = data.openDocument;
    expect([viewer, purpose, link !== null, userErrors]).toEqual([viewer, purpose, isOpened, isOpened ? [] : refused]);
  }
});

test('a receipt, an employer and an officer without the role open nothing', async () => {
  const id = await caseOf('p-9', 9);
  for (const viewer of [
    // Who has found a receipt has not found the files.
    { kind: 'caseHolder', caseId: id },
    { ...officer('PARK'), roles: ['RECEIVE'] } as Viewer,
    { kind: 'clerk', person: 'c', enterprise: 'ent_01HB0000000000000000000001' },
    { kind: 'partner', zone: ZONE, key: 'k' },
    { kind: 'analyst', person: 'a' },
  ] satisfies Viewer[]) {
    const { data, errors } = await open(viewer, id);
    expect(data.openDocument).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});

test('another zone’s officer and another applicant are told there is no such case', async () => {
  const id = await caseOf('p-4', 4);
  for (const viewer of [officer('PARK', 'zone_baodi'), { kind: 'applicant', person: 'somebody' }] satisfies Viewer[]) {
    const answers = await Promise.all([id, 'case_01HB0000000000000000000000'].map((each) => open(viewer, each)));
    for (const { data } of answers) {
      expect(data.openDocument).toEqual({
        link: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['case'], message: 'There is no such case.' }],
      });
    }
  }
});

test('where the access can’t be recorded, nothing is opened', async () => {
  const id = await caseOf('p-5', 5);
  system.dynamo.throttle('Put', 1);
  const calls = await system.dynamo.during(async () => {
    const { data, errors } = await open(officer('PARK'), id);
    expect(data?.openDocument ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'ACCESS_NOT_RECORDED' } }]);
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'Query', 'Update', 'Put']);
  // Else the person's key is read after it.
  const more = await system.dynamo.during(() => open(officer('PARK'), id));
  expect(more.map(({ command }) => command).slice(0, 5)).toEqual(['BatchGet', 'Query', 'Update', 'Put', 'BatchGet']);
});

test('a link is good for minutes, for one file and under one name', async () => {
  const id = await caseOf('p-6', 6);
  const status = async (url: string) => (await fetch(atHost(url))).status;
  const { data: before } = await open(officer('PARK'), id, {}, new Date(Date.now() - 3 * 60_000));
  expect(await status(before.openDocument.link.url)).toBe(403);
  const { data } = await open(officer('PARK'), id);
  const { url } = data.openDocument.link;
  expect(await status(url)).toBe(200);
  const { data: other } = await open(officer('PARK'), id, { version: 1 });
  const path = (of: string) => new URL(of).pathname;
  expect(path(other.openDocument.link.url)).not.toBe(path(url));
  expect(await status(url.replace(path(url), path(other.openDocument.link.url)))).toBe(403);
  expect(await status(url.replace('employment-contract', 'another'))).toBe(403);
  expect(await status(url.replace(/expires=\d+/, 'expires=9999999999'))).toBe(403);
});

test('of what was never handed in, and of which there is no file, it is said so, and nothing is recorded', async () => {
  const id = await caseOf('p-7', 7);
  const said = async (more: object) => (await open(officer('PARK'), id, more)).data.openDocument.userErrors;
  expect(await said({ document: 'passport' })).toMatchObject([{ code: 'NOT_FOUND', field: ['document'] }]);
  expect(await said({ version: 3 })).toMatchObject([{ code: 'NOT_FOUND', field: ['version'] }]);
  const key = { pk: id, sk: 'FILE#invented#1' };
  const sealed = await openPeople(system.talentTable()).sealInto('p-7', key, { fileName: 'x.pdf' });
  const invented = {
    ...announced(FIRST),
    mediaType: 'application/pdf',
    receivedAt: '2020-03-17T00:00:00.000Z',
  } as const;
  const version = { code: 'invented', version: 1, uploadId: 'upload_none', ...invented, sealed };
  await system.write('talent', [documentVersionItem(id, version)]);
  expect(await said({ document: 'invented' })).toEqual([
    { code: 'NOT_FOUND', field: ['document'], message: 'Of this document only the record is here, and no file.' },
  ]);
  const { body } = await ask(['applicant', { person: 'p-7' }], ACCESS, {});
  expect(body.data.myAccessLog.nodes).toEqual([]);
});

test('of who was erased nothing is opened', async () => {
  const id = await caseOf('p-8', 8);
  const { data: before } = await open(officer('PARK'), id);
  await erasePerson(system.talentTable(), 'p-8', new Date());
  const { data } = await open(officer('PARK'), id);
  expect(data.openDocument).toEqual({
    link: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['document'], message: 'The file has been deleted.' }],
  });
  expect((await fetch(atHost(before.openDocument.link.url))).status).toBe(403);
});
