import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { caseTokens } from '../../../src/auth/case-token.ts';
import { configure } from '../../../src/config.ts';
import { syntheticResidentId } from '../../../src/domain/people/resident-id.ts';
import { createTalentSubgraph } from '../../../src/resolvers/talent/index.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../../../test/fixtures/case-types.ts';
import { announced, pdf, sendTo } from '../../../test/fixtures/files.ts';
import { holderToken } from '../../../test/fixtures/holder-token.ts';
import { CURSOR_SECRET, startTestSystem, type TestSystem } from '../../../test/harness.ts';
import { CaseStatus, createClient, type Fetch, OpenCase, SubmitCase } from '../src/index.ts';

/** The client as an app uses it, on the gateway's handler: a case's status, an upload and a supplement. */

const PACKAGE = join(import.meta.dirname, '..');
const MODULES = join(PACKAGE, '../../node_modules');
const URL_OF_GATEWAY = 'https://parks.example/graphql';
const SECRET = 'a secret that only signs tokens of this test';
const FILE = pdf('contract');

let system: TestSystem;
let handler: typeof import('../../../src/handlers/gateway/gateway.ts').handler;
let opened: { id: string; receiptNumber: string };
let token: string;
/** The method, the status and the size in bytes of each request's answer. */
let seen: { method: string; status: number; bytes: number }[] = [];

beforeAll(async () => {
  system = await startTestSystem();
  configure({
    mode: 'local',
    dynamodbEndpoint: system.endpoint,
    dataDir: system.dataDir,
    cursorSecret: CURSOR_SECRET,
    caseTokenSecret: SECRET,
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler } = await import('../../../src/handlers/gateway/gateway.ts'));
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
  opened = await openCase('client-1', 1);
  token = await holderToken(system, caseTokens(SECRET), opened.id);
});
afterAll(() => system.stop());
beforeEach(() => {
  seen = [];
});

async function openCase(person: string, number: number): Promise<{ id: string; receiptNumber: string }> {
  const talent = system.serve('talent', createTalentSubgraph);
  const input = {
    idempotencyKey: `client-${number}`,
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' },
    relation: 'SELF',
    ownsDwelling: false,
  };
  const query =
    'mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id receiptNumber } userErrors { message } } }';
  const call = { viewer: { kind: 'applicant', person } as const, now: new Date() };
  const { data } = await talent(query, { input }, call);
  expect(data.openCase.userErrors).toEqual([]);
  return data.openCase.case;
}

/** `fetch` without a socket: the gateway's handler, and the folder of uploads. */
const fetch: Fetch = async (url, { method, headers, body = '' }) => {
  if (!url.startsWith(URL_OF_GATEWAY)) {
    const listed = Object.entries(headers).map(([name, value]) => ({ name, value }));
    const status = await sendTo(system.uploads, { url, headers: listed }, Buffer.from(body), new Date());
    return { status, headers: { get: () => null }, text: async () => '' };
  }
  const event = {
    rawPath: '/graphql',
    rawQueryString: new URL(url).search.slice(1),
    headers,
    requestContext: { requestId: 'r-1', http: { method, path: '/graphql' } },
    body: method === 'POST' ? String(body) : undefined,
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  seen.push({ method, status: answer.statusCode ?? 0, bytes: bytes.length });
  const text = answer.headers?.['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes;
  return {
    status: answer.statusCode ?? 0,
    headers: { get: (name) => String(answer.headers?.[name] ?? '') || null },
    text: async () => text.toString(),
  };
};

let keys = 0;
const newKey = () => `client-key-${keys++}`;

test('a case’s status is one GET, and an unchanged one a 304 without a body', async () => {
  const client = createClient({ url: URL_OF_GATEWAY, fetch, token: () => token });
  const variables = { receiptNumber: opened.receiptNumber, locale: 'EN' } as const;
  const first = await client.send(CaseStatus, variables);
  const again = await client.send(CaseStatus, variables);
  expect(first).toMatchObject({ ok: true, notModified: false, errors: [] });
  expect(again).toEqual({ ...first, notModified: true });
  expect(first.ok && first.data.case?.state).toBe('DRAFT');
  expect(seen).toEqual([
    { method: 'GET', status: 200, bytes: expect.any(Number) },
    { method: 'GET', status: 304, bytes: 0 },
  ]);
});

test('a fault says whether to try again', async () => {
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  const of = (other: Fetch, bearer: string | null = token) =>
    createClient({ url: URL_OF_GATEWAY, fetch: other, token: () => bearer, pause });
  const variables = { receiptNumber: opened.receiptNumber, locale: 'EN' } as const;
  expect(await of(fetch, 'no token').send(CaseStatus, variables)).toMatchObject({
    ok: false,
    fault: { code: 'UNAUTHENTICATED', retry: 'SIGN_IN' },
  });
  const unknown = { operation: 'query', id: 'f'.repeat(64) } as const;
  expect(await of(fetch).send(unknown, {})).toMatchObject({
    ok: false,
    fault: { code: 'PERSISTED_QUERY_NOT_FOUND', retry: 'NEVER' },
  });
  expect(pauses).toEqual([]);
  const broken: Fetch = async () => {
    throw new TypeError('no network');
  };
  expect(await of(broken).send(CaseStatus, variables)).toMatchObject({ ok: false, fault: { code: 'OFFLINE' } });
  expect(pauses).toEqual([500, 1_000, 2_000]);
});

test('a mutation that lost its answer is sent again with its key, and done once', async () => {
  const bodies: unknown[] = [];
  let lost = 1;
  const losing: Fetch = async (url, init) => {
    bodies.push(init.body);
    const answer = await fetch(url, init);
    if (lost-- > 0) throw new TypeError('the answer is lost');
    return answer;
  };
  const client = createClient({ url: URL_OF_GATEWAY, fetch: losing, token: () => token, pause: async () => {} });
  const input = { idempotencyKey: newKey(), case: opened.id };
  const refused = await client.send(SubmitCase, { input, locale: 'EN' });
  expect(refused.ok && refused.data.submitCase?.userErrors[0]?.code).toBe('NOT_ALLOWED');
  expect(new Set(bodies).size).toBe(1);
  expect(bodies).toHaveLength(2);
  expect(OpenCase.operation).toBe('mutation');
});

test('the README’s example, from the packed package, supplies what is missing and sends the case on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  try {
    // A copy is packed: packing changes the manifest.
    const copy = join(folder, 'clients/typescript');
    cpSync(PACKAGE, copy, { recursive: true, filter: (path) => !/\/(test|dist|node_modules)$/.test(path) });
    mkdirSync(join(folder, 'packages'));
    cpSync(join(PACKAGE, '../../packages/pack.mjs'), join(folder, 'packages/pack.mjs'));
    symlinkSync(MODULES, join(folder, 'node_modules'));
    const npm = ['--ignore-scripts=false', '--offline', '--silent', '--pack-destination', folder];
    const PATH = `${join(MODULES, '.bin')}:${process.env.PATH}`;
    execFileSync('npm', ['pack', ...npm], { cwd: copy, env: { ...process.env, PATH } });
    const [tarball = ''] = globSync(join(folder, '*.tgz'));
    const installed = join(folder, 'app/node_modules/@bridgehead/client');
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
    expect(globSync('**/*', { cwd: installed }).filter((path) => /\.ts$/.test(path) && !/\.d\.ts$/.test(path))).toEqual(
      [],
    );
    expect(globSync('*', { cwd: installed }).toSorted()).toEqual(['README.md', 'dist', 'package.json']);
    const example = /^```js\n(.*?)^```/ms.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8'))?.[1] ?? '';
    const file = join(folder, 'app/example.mjs');
    writeFileSync(file, example);
    const { supplement } = await import(pathToFileURL(file).href);
    const fileOf = (code: string) => ({ fileName: `${code}.pdf`, content: FILE, ...announced(FILE) });
    const { receiptNumber } = opened;
    const submitted = await supplement({ url: URL_OF_GATEWAY, token, receiptNumber, fileOf, fetch, newKey });
    expect(submitted).toMatchObject({ case: { state: 'SUBMITTED' }, userErrors: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
