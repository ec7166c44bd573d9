/** What `/developers` and `/schema.graphql` show, by the handler of the pages. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import { pagesHandler } from '../../src/handlers/http/pages.ts';
import { buildDevelopers, buildHome } from '../../src/pages/build.ts';
import { SERVED_FILES } from '../../src/views/developers/served-files.ts';
import { fillOnce } from '../prepared-folder.ts';

let pagesDir: string;

beforeAll(async () => {
  pagesDir = mkdtempSync(join(tmpdir(), 'pages-'));
  await fillOnce('pages-home', pagesDir, buildHome);
  await buildDevelopers(pagesDir);
  configure({ mode: 'local', pagesDir });
});
afterAll(() => rmSync(pagesDir, { recursive: true }));

const handler = pagesHandler();

function visit(rawPath: string, headers: Record<string, string> = {}, queryStringParameters = {}) {
  const event: Partial<APIGatewayProxyEventV2> = {
    rawPath,
    headers: { 'accept-language': 'en', accept: 'text/html', host: 'localhost:4711', ...headers },
    queryStringParameters,
    requestContext: { http: { method: 'GET', path: rawPath } } as APIGatewayProxyEventV2['requestContext'],
  };
  return handler(event as APIGatewayProxyEventV2);
}

test.each([
  ['en', 'Integrating a client'],
  ['zh', '接入客户端'],
  ['ja', 'クライアントの接続'],
])('the list of documents is in %s', async (lang, name) => {
  const { statusCode, body, headers } = await visit('/developers', {}, { lang });
  expect(statusCode).toBe(200);
  expect(body).toContain(`<a href="/developers/integrating?lang=${lang}">${name}</a>`);
  expect(headers?.['content-security-policy']).toContain("default-src 'none'; style-src 'sha256-");
});

test.each(['integrating', 'identity', 'federation', 'errors', 'permissions'])('%s is a page', async (slug) => {
  const { statusCode, body } = await visit(`/developers/${slug}`);
  expect(statusCode).toBe(200);
  expect(body).toContain('<article class="doc" lang="en">');
});

test('commands name the address that the reader has used', async () => {
  const { body } = await visit('/developers/integrating');
  expect(body).toContain('curl -s localhost:4711/graphql');
  expect(body).not.toContain('localhost:4000');
  const forged = await visit('/developers/integrating', { host: '"><script>' });
  expect(forged.body).not.toContain('"><script>');
});

test('an unknown document is an unknown address', async () => {
  expect((await visit('/developers/nothing')).statusCode).toBe(404);
});

test.each([
  ['/schema.graphql', 'schema/api.graphql', 'application/graphql; charset=utf-8'],
  ['/documents.json', 'schema/operations/manifest.json', 'application/json'],
  ['/possible-types.json', 'schema/possible-types.json', 'application/json'],
])('%s is served as it is in the repository, to all sites, and is not sent twice', async (path, source, type) => {
  const { statusCode, body, headers = {} } = await visit(path);
  expect([statusCode, headers['content-type'], headers['access-control-allow-origin']]).toEqual([200, type, '*']);
  expect(body).toBe(readFileSync(source, 'utf8'));
  const again = await visit(path, { 'if-none-match': String(headers.etag) });
  expect([again.statusCode, again.body]).toEqual([304, undefined]);
});

test('the trusted documents are sent compressed, under a tag of their own', async () => {
  const { headers, isBase64Encoded, body = '' } = await visit('/documents.json', { 'accept-encoding': 'br' });
  expect([headers?.['content-encoding'], isBase64Encoded]).toEqual(['br', true]);
  expect(Buffer.from(body, 'base64').length).toBeLessThan(25_000);
  expect(headers?.etag).toMatch(/-br"$/);
});

test('every file that the site serves has a test', () => {
  expect(Object.keys(SERVED_FILES)).toEqual(['schema.graphql', 'documents.json', 'possible-types.json']);
});
