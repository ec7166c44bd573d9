import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { newPushKeys } from '../../../src/cli/secrets.ts';
import { configure } from '../../../src/config.ts';
import { handler } from '../../../src/handlers/http/pages.ts';

const directory = mkdtempSync(join(tmpdir(), 'pages-'));
const script = 'console.log("桥头堡");';
const font = Buffer.from([0, 1, 0, 0, 255]);

beforeAll(() => {
  configure({ pagesDir: directory });
  mkdirSync(join(directory, 'explorer/assets'), { recursive: true });
  mkdirSync(join(directory, 'sign-in'));
  writeFileSync(join(directory, 'sign-in/return.html'), '<title>');
  const put = (name: string, content: string | Buffer) => writeFileSync(join(directory, 'explorer', name), content);
  put('index.html', '<meta name="sign-in" content="__SIGN_IN__"><script nonce="__NONCE__"></script>');
  mkdirSync(join(directory, 'case/assets'), { recursive: true });
  writeFileSync(join(directory, 'case/index.html'), '<script src="/case/assets/case-c3.js"></script>');
  writeFileSync(join(directory, 'case/assets/case-c3.js'), script);
  for (const name of ['my', 'apply']) {
    mkdirSync(join(directory, name));
    writeFileSync(join(directory, name, 'index.html'), '<meta name="push-key" content="__PUSH_KEY__">');
  }
  put('assets/main-a1.js', script);
  put('assets/main-a1.js.br', brotliCompressSync(script));
  put('assets/icons-b2.ttf', font);
  put('assets/notes.txt', 'not a part of a page');
  mkdirSync(join(directory, 'home'));
  writeFileSync(
    join(directory, 'home/page.json'),
    JSON.stringify({ style: 'p{}', icon: '/icon', documents: {}, scripts: { look: '/look.js' } }),
  );
});
afterAll(() => rmSync(directory, { recursive: true }));

function get(rawPath: string, headers: Record<string, string> = {}, method = 'GET', queryStringParameters = {}) {
  const http = { method };
  return handler({ rawPath, headers, queryStringParameters, requestContext: { http } } as APIGatewayProxyEventV2);
}

test('each page has its own nonce and is not stored', async () => {
  const [one, two] = await Promise.all([get('/explorer'), get('/explorer')]);
  const nonceOf = (answer: typeof one) =>
    /'nonce-([\w+/=]{22,})'/.exec(String(answer.headers?.['content-security-policy']))?.[1];
  expect(nonceOf(one)).not.toBe(nonceOf(two));
  expect(one.body).toBe(`<meta name="sign-in" content=""><script nonce="${nonceOf(one)}"></script>`);
  expect(one.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
  expect(one.headers?.['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
});

test('the case page allows no inline style and no markup from text', async () => {
  const { headers, statusCode } = await get('/case');
  expect([statusCode, headers?.['cache-control']]).toEqual([200, 'no-store']);
  expect(headers?.['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'; " +
      "trusted-types 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(await get('/case/')).toMatchObject({ statusCode: 308, headers: { location: '/case' } });
  expect(await get('/case/assets/case-c3.js')).toMatchObject({ statusCode: 200 });
});

test('the case page may send files to the bucket, and no other page may', async () => {
  configure({ uploadsBucket: 'files-of-cases', region: 'cn-north-1' });
  const policyOf = async (path: string) => String((await get(path)).headers?.['content-security-policy']);
  const [ofCase, ofExplorer] = [await policyOf('/case'), await policyOf('/explorer')];
  configure({ uploadsBucket: undefined });
  const source = ' https://files-of-cases.s3.cn-north-1.amazonaws.com.cn/sent/';
  expect(ofCase).toContain(`; connect-src 'self'${source}; `);
  expect(ofCase.replace(source, '')).toBe(await policyOf('/case'));
  expect(ofExplorer).not.toContain('files-of-cases');
});

test('a page that offers notifications may name its service worker, and nothing else is loosened', async () => {
  const pushPublicKey = newPushKeys().publicKey;
  const policiesOf = async () => {
    const answers = await Promise.all(['/my', '/apply', '/case', '/explorer'].map((path) => get(path)));
    return answers.map(({ headers }) =>
      String(headers?.['content-security-policy']).replace(/nonce-[\w+/=]+/, 'nonce-'),
    );
  };
  const before = await policiesOf();
  configure({ pushPublicKey });
  const [my, apply, ofCase, ofExplorer] = await policiesOf();
  const told = await get('/my');
  configure({ pushPublicKey: undefined });
  expect(told.body).toBe(`<meta name="push-key" content="${pushPublicKey}">`);
  const loosened = [my, apply].map((policy) => policy?.replace('trusted-types push', "trusted-types 'none'"));
  expect([...loosened, ofCase, ofExplorer]).toEqual(before);
  expect(my).toContain('trusted-types push');
});

test('a page gets the sign-in settings and may reach only that issuer', async () => {
  const issuer = 'https://login.example.cn/realms/"a&b"';
  const endpoints = {
    authorizationEndpoint: 'https://login.example.cn/auth',
    tokenEndpoint: 'https://login.example.cn/token',
  };
  configure({ signIn: { issuer, clientId: 'pages', ...endpoints } });
  const told = await get('/explorer');
  const content = /^<meta name="sign-in" content="([^"<>]+)">/.exec(told.body ?? '')?.[1] ?? '';
  const unescaped = content.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  expect(JSON.parse(unescaped)).toMatchObject({
    issuer,
    clientId: 'pages',
    scope: 'openid',
    claims: { kind: 'viewer_kind' },
  });
  expect(told.headers?.['content-security-policy']).toContain("; connect-src 'self' https://login.example.cn/token; ");
  configure({ signIn: undefined });
  const silent = await get('/explorer');
  expect(silent.body).toContain('<meta name="sign-in" content="">');
  expect(silent.headers?.['content-security-policy']).toContain("; connect-src 'self'; ");
});

test('the return page may reach no address', async () => {
  const { body, headers } = await get('/sign-in/return');
  expect(body).toBe('<title>');
  expect(headers?.['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

test.each(['/explorer', '/case', '/sign-in/return', '/explorer/assets/main-a1.js', '/nothing'])(
  '%s says what nobody may make of it',
  async (path) => {
    const { statusCode, headers } = await get(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    if (statusCode !== 200 || path.includes('assets')) return;
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  },
);

test('an unknown address answers browsers by a page in their language, with ways on', async () => {
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'ja' };
  const { statusCode, headers, body = '' } = await get('/<cases>', browser);
  expect([statusCode, headers?.['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(body).toContain('<html lang="ja">');
  expect(body).toMatch(/href="\/\?lang=ja"/);
  expect(body).not.toContain('cases');
  const english = await get('/cases', browser, 'GET', { lang: 'en' });
  expect(english.body).toContain('There is no such page');
  expect(english.headers?.['cache-control']).toBe('no-store');
});

test('an unknown address answers other clients by JSON', async () => {
  const { statusCode, headers, body } = await get('/cases', { accept: '*/*' });
  expect({ statusCode, type: headers?.['content-type'], body }).toEqual({
    statusCode: 404,
    type: 'application/json',
    body: '{"message":"Not Found"}',
  });
});

test.each([
  ['br, gzip', 'br'],
  ['gzip, BR;q=0.1', 'br'],
  ['gzip, br;q=0', undefined],
  ['', undefined],
])('a client that accepts "%s" gets the script as %s', async (accepted, encoding) => {
  const answer = await get('/explorer/assets/main-a1.js', { 'accept-encoding': accepted });
  expect(answer.headers?.['content-encoding']).toBe(encoding);
  const bytes = Buffer.from(answer.body ?? '', 'base64');
  expect((encoding ? brotliDecompressSync(bytes) : bytes).toString()).toBe(script);
  expect(answer.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  });
});

test('sends 304 for a known file', async () => {
  const { headers = {} } = await get('/explorer/assets/main-a1.js');
  const again = await get('/explorer/assets/main-a1.js', { 'if-none-match': `"other", W/${headers.etag}` });
  expect(again).toMatchObject({ statusCode: 304, headers: { etag: headers.etag } });
  expect(again.body).toBeUndefined();
  const compressed = await get('/explorer/assets/main-a1.js', { 'accept-encoding': 'br' });
  expect(compressed.headers?.etag).not.toBe(headers.etag);
});

test('sends binary files unchanged', async () => {
  const { body = '', isBase64Encoded, headers } = await get('/explorer/assets/icons-b2.ttf');
  expect({ isBase64Encoded, type: headers?.['content-type'] }).toEqual({ isBase64Encoded: true, type: 'font/ttf' });
  expect(Buffer.from(body, 'base64')).toEqual(font);
});

test('HEAD is GET without its body', async () => {
  for (const path of ['/explorer', '/explorer/assets/main-a1.js', '/explorer/none']) {
    const { headers, statusCode } = await get(path);
    const head = await get(path, {}, 'HEAD');
    expect(head).toMatchObject({ statusCode, body: '' });
    expect(Object.keys(head.headers ?? {})).toEqual(Object.keys(headers ?? {}));
  }
});

test.each([
  '/explorer/assets/../index.html',
  '/explorer/assets/..%2f..%2f..%2fpackage.json',
  '/explorer/assets/%2e%2e/index.html',
  '/explorer/assets/..',
  '/explorer/assets/',
  '/explorer/assets/main-a1.js/',
  '/explorer/assets/main-a1.js.br',
  '/explorer/assets/main-a1.js%00',
  '/explorer/assets/notes.txt',
  '/explorer/assets/nothing.js',
  '/explorer/index.html',
  '/package.json',
  '/case/assets/main-a1.js',
  '/case/assets/../../explorer/index.html',
  '/cases',
])('answers 404 for %s', async (path) => {
  expect(await get(path)).toMatchObject({ statusCode: 404, headers: { 'cache-control': 'no-store' } });
});

test('refuses other methods than GET and HEAD', async () => {
  expect(await get('/explorer', {}, 'POST')).toMatchObject({ statusCode: 405, headers: { allow: 'GET, HEAD' } });
});

test('explains how to build missing pages', async () => {
  configure({ pagesDir: join(directory, 'nowhere') });
  expect(await get('/explorer')).toMatchObject({
    statusCode: 503,
    body: expect.stringContaining('npm run build:pages'),
  });
  expect(await get('/explorer/assets/main-a1.js')).toMatchObject({ statusCode: 404 });
});
