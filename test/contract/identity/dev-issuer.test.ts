/** The issuer of local development: what it gives is taken by the gateway, and it is not to be had anywhere else. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { issuedTokenCheck } from '../../../src/auth/issued-token.ts';
import { readIssuers } from '../../../src/auth/trusted-issuers.ts';
import { readConfig } from '../../../src/config.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { bearerClaims } from '../../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer, recordedUrl, recordUrl } from '../../../src/local/dev-issuer/dev-issuer.ts';
import { devIssuerRoutes } from '../../../src/local/dev-issuer/endpoints.ts';
import { roleChoices } from '../../../src/local/dev-issuer/role-choices.ts';
import { type HttpHost, startHttpHost } from '../../../src/local/http/http-host.ts';
import { childEnvironment } from '../../child-environment.ts';
import { momentOf } from '../../fixtures/moment.ts';

const ISSUER = 'http://localhost:4000/dev-issuer';
const root = join(import.meta.dirname, '../../..');

let dataDir: string;
let issuer: DevIssuer;
let host: HttpHost;
let check: ReturnType<typeof issuedTokenCheck>;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  issuer = await devIssuer({ mode: 'local', dataDir }, ISSUER);
  check = issuedTokenCheck(readIssuers({ oidcIssuers: [issuer.trusted], mode: 'local' }));
  host = await startHttpHost(devIssuerRoutes(issuer), 0);
});
afterAll(async () => {
  await host.close();
  rmSync(dataDir, { recursive: true });
});

const viewerOf = async (token: string) => check(token, momentOf(new Date()));

test.each<[string[], Viewer]>([
  [['--as', 'applicant'], { kind: 'applicant', person: 'sample-applicant' }],
  [
    ['--as', 'officer', '--agency', 'EDU', '--zone', 'zone_baodi', '--person', 'li', '--roles', 'REVIEW,DECIDE'],
    { kind: 'officer', person: 'li', agency: 'EDU', zone: 'zone_baodi', roles: ['REVIEW', 'DECIDE'] },
  ],
  [
    ['--as', 'officer', '--person', 'officer-acceptance'],
    { kind: 'officer', person: 'officer-acceptance', agency: 'PARK', zone: 'zone_teda', roles: ['ACCEPT_FIGURES'] },
  ],
  [
    ['--as', 'officer', '--person', 'officer-newcomer'],
    { kind: 'officer', person: 'officer-newcomer', agency: 'PARK', zone: 'zone_teda', roles: [] },
  ],
  [['--as', 'partner', '--zone', 'zone_dongjiang'], { kind: 'partner', zone: 'zone_dongjiang', key: 'sample-partner' }],
  [
    ['--as', 'clerk', '--enterprise', 'ent_01B2M746M0PN9ZGAHAY8W4JHTR'],
    { kind: 'clerk', person: 'sample-clerk', enterprise: 'ent_01B2M746M0PN9ZGAHAY8W4JHTR' },
  ],
  [['--as', 'analyst'], { kind: 'analyst', person: 'sample-analyst' }],
  [['--as', 'admin'], { kind: 'admin', person: 'sample-admin' }],
])('npm run token -- %j', async (options, viewer) => {
  recordUrl(dataDir, ISSUER);
  expect(await viewerOf(await runToken(options))).toEqual({ viewer, until: expect.any(Number) });
});

test('a token without more is of the demo data', async () => {
  for (const kind of ['officer', 'clerk', 'partner'] as const) {
    const token = await issuer.sign(bearerClaims(kind, {}, issuer.trusted), 60);
    expect(await viewerOf(token)).toMatchObject({ viewer: { kind } });
  }
});

test.each([
  [['--as', 'caseHolder'], 'npm run'],
  [['--as', 'officer', '--zone', 'baodi'], 'These claims make no officer'],
  [['--as', 'officer', '--agency', 'NASA'], 'These claims make no officer'],
  [['--as', 'admin', '--hours', '0'], '--hours'],
  [['--as', 'admin', '--hours', '900'], '--hours'],
  [['--as', 'admin', '--root'], '--root'],
])('npm run token -- %j says what is wrong', async (options, sentence) => {
  await expect(runToken(options)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) });
});

test('outside local mode there is no such issuer, and none is trusted', async () => {
  await expect(devIssuer({ mode: 'aws', dataDir }, ISSUER)).rejects.toMatchObject({ code: 'CONFIGURATION' });
  await expect(runToken(['--as', 'admin'], { BRIDGEHEAD_MODE: 'aws', STAGE: 'dev' })).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('local mode only'),
  });
  const { oidcIssuers } = readConfig({ OIDC_ISSUERS: JSON.stringify([issuer.trusted]) });
  expect(() => readIssuers({ oidcIssuers, mode: 'aws' })).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }));
});

test('its key stays, and is its owner’s alone', async () => {
  const again = await devIssuer({ mode: 'local', dataDir }, ISSUER);
  expect(again.key.public).toEqual(issuer.key.public);
  expect(again.key.public).not.toHaveProperty('d');
  expect(statSync(join(dataDir, 'dev-issuer-key.json')).mode & 0o077).toBe(0);
  expect(recordedUrl(join(dataDir, 'nothing'))).toBeUndefined();
});

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

function asked(change: Readonly<Record<string, string>> = {}): URLSearchParams {
  return new URLSearchParams({
    response_type: 'code',
    client_id: 'explorer',
    redirect_uri: `${host.url}/explorer`,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    scope: 'openid',
    state: '"><script>alert(1)</script>',
    nonce: 'n-1',
    ...change,
  });
}

const authorize = (change?: Readonly<Record<string, string>>) =>
  fetch(`${host.url}/dev-issuer/authorize?${asked(change)}`);
const choose = (change: Readonly<Record<string, string>> = {}) =>
  fetch(`${host.url}/dev-issuer/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: asked({ as: 'officer', zone: 'zone_baodi', agency: '', person: '', enterprise: '', ...change }),
  });
const exchange = (code: string, change: Readonly<Record<string, string>> = {}) =>
  fetch(`${host.url}/dev-issuer/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id: 'explorer',
      redirect_uri: `${host.url}/explorer`,
      code_verifier: verifier,
      ...change,
    }),
  });
async function codeOf(answer: Response): Promise<string> {
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

test('a page signs in by authorization code and PKCE, whoever it picks to be', async () => {
  const page = await authorize();
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const html = await page.text();
  expect(html).toContain('value="officer"');
  expect(html).not.toContain('<script');

  const chosen = await choose();
  expect(chosen.status).toBe(303);
  const redirect = new URL(chosen.headers.get('location') ?? '');
  expect(`${redirect.origin}${redirect.pathname}`).toBe(`${host.url}/explorer`);
  expect(redirect.searchParams.get('state')).toBe(asked().get('state'));
  expect(redirect.searchParams.get('iss')).toBe(ISSUER);

  const answer = await exchange(redirect.searchParams.get('code') ?? '');
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const { access_token, id_token } = (await answer.json()) as { access_token: string; id_token: string };
  expect(await viewerOf(access_token)).toMatchObject({
    viewer: { kind: 'officer', zone: 'zone_baodi', agency: 'PARK' },
  });
  // The other token is for the page, and is taken by nobody else.
  expect(await viewerOf(id_token)).toHaveProperty('refused');
  const keys = createRemoteJWKSet(new URL(`${host.url}/dev-issuer/jwks`));
  const { payload } = await jwtVerify(id_token, keys, { issuer: ISSUER, audience: 'explorer' });
  expect(payload).toMatchObject({ nonce: 'n-1', sub: 'sample-officer' });
});

test('a code is good once, for who asked for it', async () => {
  const good = await codeOf(await choose());
  expect((await exchange(good)).status).toBe(200);
  expect((await exchange(good)).status).toBe(400);
  for (const change of [
    { code_verifier: randomBytes(32).toString('base64url') },
    { client_id: 'another' },
    { redirect_uri: `${host.url}/elsewhere` },
    { grant_type: 'password' },
  ]) {
    const code = await codeOf(await choose());
    expect((await exchange(code, change)).status).toBe(400);
  }
});

test.each([
  [{ redirect_uri: 'https://elsewhere.test/explorer' }],
  [{ redirect_uri: 'javascript:alert(1)' }],
  [{ redirect_uri: '' }],
  [{ code_challenge: '' }],
  [{ code_challenge_method: 'plain' }],
  [{ response_type: 'token' }],
])('%j is not asked for', async (change) => {
  expect((await authorize(change)).status).toBe(400);
});

test('nothing is sent to another host, and nobody is made who can’t be', async () => {
  expect((await choose({ redirect_uri: 'https://elsewhere.test/' })).status).toBe(400);
  expect((await choose({ as: 'caseHolder' })).status).toBe(400);
  expect((await choose({ zone: 'everywhere' })).status).toBe(400);
});

test.each([
  [
    ['', 'REVIEW', 'DECIDE'],
    ['REVIEW', 'DECIDE'],
  ],
  [[''], []],
])('an officer of whom %j is ticked has the roles %j', async (ticked, roles) => {
  const form = asked({ as: 'officer' });
  for (const role of ticked) form.append('roles', role);
  const chosen = await fetch(`${host.url}/dev-issuer/authorize`, { method: 'POST', redirect: 'manual', body: form });
  const { access_token } = (await (await exchange(await codeOf(chosen))).json()) as { access_token: string };
  expect(await viewerOf(access_token)).toMatchObject({ viewer: { kind: 'officer', roles } });
});

test('everything that its page offers makes somebody', async () => {
  for (const { kind, choices } of roleChoices()) {
    const firsts = choices.map(({ name, options }) => [name, options[0]?.value]);
    expect(bearerClaims(kind, Object.fromEntries(firsts), issuer.trusted)).toMatchObject({ viewer_kind: kind });
  }
});

test('to a page of another name that leads to this machine it says nothing', async () => {
  const { port } = new URL(host.url);
  const asked = (name: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/dev-issuer/jwks', headers: { host: name } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).once('error', reject);
    });
  expect(await asked('elsewhere.test')).toBe(403);
  expect(await asked(`localhost.elsewhere.test:${port}`)).toBe(403);
  expect(await asked(`localhost:${port}`)).toBe(200);
});

test('it tells where its endpoints are', async () => {
  const answer = await fetch(`${host.url}/dev-issuer/.well-known/openid-configuration`);
  expect(await answer.json()).toMatchObject({
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/authorize`,
    token_endpoint: `${ISSUER}/token`,
    jwks_uri: `${ISSUER}/jwks`,
    code_challenge_methods_supported: ['S256'],
  });
});

async function runToken(
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli/token.ts', ...options],
    { cwd: root, env: childEnvironment({ DATA_DIR: dataDir, ...environment }) },
  );
  return stdout.trim();
}
