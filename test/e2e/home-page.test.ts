/** What a visitor of `/` gets, of the demo data, by the handlers of the pages and the gateway. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import { pagesHandler } from '../../src/handlers/http/pages.ts';
import { buildHome } from '../../src/pages/build.ts';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';
import { fillOnce } from '../prepared-folder.ts';

let system: DemoSystem;
let pagesDir: string;

beforeAll(async () => {
  // The gateway keeps no answers here: what is tested is what the pages keep.
  configure({ keptSeconds: 0 });
  system = await startDemoSystem('2026-09-10');
  pagesDir = mkdtempSync(join(tmpdir(), 'pages-'));
  await fillOnce('pages-home', pagesDir, buildHome);
  configure({ pagesDir });
  // The first request loads the subgraphs, which takes longer in a test than a page waits.
  await system.ask(
    '{ parks(first: 1) { nodes { resumption { on } caseStatistics(kind: HUKOU, period: MONTH) { period } } } }',
  );
  await system.ask('{ linkageGraph(group: "lgrp_1-plus-4") { group { id } } }');
});
afterAll(async () => {
  await system.stop();
  rmSync(pagesDir, { recursive: true });
});

let now = Date.parse('2026-09-10T02:00:00Z');
let handler: ReturnType<typeof pagesHandler>;
beforeEach(() => {
  handler = pagesHandler(() => now);
});

async function visit(headers: Record<string, string> = {}, queryStringParameters = {}) {
  const event: Partial<APIGatewayProxyEventV2> = {
    rawPath: '/',
    headers,
    queryStringParameters,
    requestContext: {
      http: { method: 'GET', path: '/', sourceIp: '192.0.2.1' },
    } as APIGatewayProxyEventV2['requestContext'],
  };
  return handler(event as APIGatewayProxyEventV2);
}

/** Returns a page's text as it is read, without markup. */
const textOf = (body = '') =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, ' ');

test('shows both rates with numerator, denominator, day and source', async () => {
  const text = textOf((await visit({ 'accept-language': 'en' })).body);
  expect(text).toContain('Production resumed 87.2% 206 of 236 enterprises');
  expect(text).toContain('Staff back at work 83.9% 5,669 of 6,750 staff');
  expect(text).toContain('As of 16 March 2020 · Source: News story of 18 March 2020');
});

test('shows the climb of 36 days, five parks, the agreements and the policies in force', async () => {
  const { body = '' } = await visit({ 'accept-language': 'en' });
  const text = textOf(body);
  expect(text).toContain('36 days, from 10 February 2020 to 16 March 2020.');
  expect(text).toContain('10 February 2020 1.6%');
  for (const park of ['Sample Park A', 'Sample Park B', 'Sample Park C', 'Sample Park D']) expect(text).toContain(park);
  expect(text).toContain(
    'Zhongguancun, Beijing – Tianjin Economic-Technological Development Area (TEDA) Benefit sharing Signed 1 June 2018',
  );
  expect(body.match(/<path class="edge/g)?.length).toBeGreaterThanOrEqual(7);
  // Agreements of the same two zones are one line with their number.
  expect(body).toMatch(/<text class="many" x="\d+" y="\d+">[2-9]<\/text>/);
  const parks = [...body.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, name]) => name).slice(0, 5);
  expect(parks).toEqual([
    'Binhai-Zhongguancun Science Park',
    ...['A', 'B', 'C', 'D'].map((name) => `Sample Park ${name}`),
  ]);
  expect(text).toContain('财预〔2015〕92号 · since 3 June 2015');
});

test('leads each user to their page', async () => {
  const { body = '' } = await visit({ 'accept-language': 'en' });
  const doors = [...body.matchAll(/<li class="door"><a href="([^"]+)">/g)].map(([, address]) => address);
  expect(doors).toEqual(['/apply', '/case', '/my', '/look', '/explorer', '/developers']);
});

test('says in words what the statistics keep back', async () => {
  const text = textOf((await visit({ 'accept-language': 'en' })).body);
  expect(text).toContain('kept back: tells of few');
  expect(text).toMatch(/fewer than 5.*Schooling: fewer than 10.*Kept back is not zero/);
});

test.each([
  ['zh-CN,zh;q=0.9', {}, 'zh-CN', '复工复产率 87.2% 236家企业中已有206家复工复产'],
  ['ja', {}, 'ja', '操業再開率 87.2% 企業236社のうち206社が操業を再開'],
  ['ja', { lang: 'en' }, 'en-GB', 'Production resumed 87.2%'],
  ['fr', {}, 'zh-CN', '复工复产率'],
])('a browser that asks for "%s" with %p reads %s', async (acceptLanguage, query, lang, words) => {
  const { body = '', headers } = await visit({ 'accept-language': acceptLanguage }, query);
  expect(body).toContain(`<html lang="${lang}">`);
  expect(headers).toMatchObject({ 'content-language': lang, vary: expect.stringContaining('accept-language') });
  expect(textOf(body)).toContain(words);
  expect(textOf(body)).not.toMatch(/\b[A-Z]+_[A-Z]+\b|undefined|NaN|\[object/);
});

test('weighs less than 30 kB, runs no script and may load nothing but its icon', async () => {
  const { body = '', headers } = await visit({ 'accept-language': 'en', 'accept-encoding': 'br' });
  const bytes = Buffer.from(body, 'base64');
  expect(bytes.length).toBeLessThan(30_000);
  expect(brotliDecompressSync(bytes).toString()).not.toMatch(/<script|style="|javascript:/);
  expect(headers?.['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
  );
});

test('a browser that knows the page gets 304, and many visits cost the store no more than one', async () => {
  const { headers } = await visit({ 'accept-language': 'en' });
  expect(headers?.['cache-control']).toBe('public, max-age=60');
  const calls = await system.proxy.during(async () => {
    const known = { 'accept-language': 'en', 'if-none-match': String(headers?.etag) };
    expect(await visit(known)).toMatchObject({ statusCode: 304 });
    await Promise.all(Array.from({ length: 20 }, () => visit({ 'accept-language': 'en' })));
  });
  expect(calls).toEqual([]);
});

test('shows news after a minute', async () => {
  await visit({ 'accept-language': 'en' });
  now += 61_000;
  const calls = await system.proxy.during(() => visit({ 'accept-language': 'en' }));
  expect(calls.length).toBeGreaterThan(0);
});

test('each part links to the query behind it, with its variables', async () => {
  const { body = '' } = await visit({ 'accept-language': 'en' });
  const links = [...body.matchAll(/\/explorer#(\w+)\?([^"]+)"/g)].map(([, name, variables = '']) => [
    name,
    JSON.parse(decodeURIComponent(variables)),
  ]);
  expect(Object.fromEntries(links)).toMatchObject({
    Headline: { code: 'binhai-zhongguancun', on: '2020-03-16', locale: 'EN' },
    ResumptionSeries: { code: 'binhai-zhongguancun', from: '2020-02-10', to: '2020-03-16' },
    ParksSideBySide: { first: 20 },
    Linkages: { group: 'lgrp_1-plus-4' },
    CaseStatistics: { period: 'QUARTER' },
    PoliciesInForce: { first: 10 },
  });
});

test('without a store the page says what is missing, and stores nothing', async () => {
  await system.proxy.refusing(async () => {
    const { statusCode, headers, body } = await visit({ 'accept-language': 'ja' });
    expect([statusCode, headers?.['cache-control']]).toEqual([200, 'no-store']);
    expect(textOf(body).match(/この部分は現在表示できません/g)?.length).toBeGreaterThanOrEqual(5);
  });
  expect(textOf((await visit({ 'accept-language': 'ja' })).body)).toContain('操業再開率 87.2%');
});
