import { request } from 'node:http';
import { join } from 'node:path';
import { checkPort, type HttpHost, startHttpHost } from '../../src/local/http/http-host.ts';
import { serveRoutes } from '../../src/local/serve-routes.ts';
import { declaredFunctions } from '../../src/local/system.ts';

const root = join(import.meta.dirname, '../fixtures/echo-service');
let host: HttpHost;

beforeAll(async () => {
  host = await serveRoutes(declaredFunctions(root), root, 0);
});
afterAll(() => host.close());

const echo = async (path: string, init?: RequestInit) => {
  const response = await fetch(host.url + path, init);
  return (await response.json()) as { event: Record<string, unknown>; remaining: number };
};
const get = (what: string) => fetch(`${host.url}/echo?do=${what}`);

test('makes an API Gateway event of payload format 2.0', async () => {
  const { event, remaining } = await echo('/echo?a=1&a=2&b=%E6%A1%A5', {
    headers: { 'X-Thing': 'Value', cookie: 'one=1; two=2', 'user-agent': 'test' },
  });
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'GET /echo',
    rawPath: '/echo',
    rawQueryString: 'a=1&a=2&b=%E6%A1%A5',
    cookies: ['one=1', 'two=2'],
    headers: { 'x-thing': 'Value' },
    queryStringParameters: { a: '1,2', b: '桥' },
    requestContext: { stage: '$default', http: { method: 'GET', path: '/echo', userAgent: 'test' } },
    isBase64Encoded: false,
  });
  expect(event).not.toHaveProperty('headers.cookie');
  expect(event).not.toHaveProperty('body');
  expect(event).toHaveProperty(
    'requestContext.time',
    expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
  );
  expect(remaining).toBeGreaterThan(4_000);
});

test('fills a greedy path parameter', async () => {
  const { event } = await echo('/echo/assets/a.js');
  expect(event).toMatchObject({ routeKey: 'GET /echo/{proxy+}', pathParameters: { proxy: 'assets/a.js' } });
});

test.each([
  ['application/json', '{"a":"桥"}', '{"a":"桥"}', false],
  ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
  ['application/octet-stream', '\u0000', 'AA==', true],
])('passes on a body of %s', async (type, body, expected, isBase64Encoded) => {
  const { event } = await echo('/echo', { method: 'POST', headers: { 'content-type': type }, body });
  expect(event).toMatchObject({ body: expected, isBase64Encoded });
});

test('writes bytes and cookies to the wire', async () => {
  const response = await get('bytes');
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
});

test('leaves the length of a body out of an answer to HEAD', async () => {
  const response = await fetch(`${host.url}/echo`, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-length')]).toEqual([200, null]);
});

test.each(['throw', 'nonsense', 'large'])('answers 500 and nothing more when a handler does: %s', async (what) => {
  const response = await get(what);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: 'Internal Server Error' });
});

test.each(['/', '/echo/', '/graphql', '//echo'])('answers 404 for %s as an HTTP API does', async (path) => {
  const response = await fetch(host.url + path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ message: 'Not Found' });
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('answers 413 for a body above 6 MB, announced or not', async () => {
  const body = Buffer.alloc(6 * 1024 * 1024 + 1);
  const announced = await fetch(`${host.url}/echo`, { method: 'POST', body });
  expect(announced.status).toBe(413);

  const status = await new Promise((resolve, reject) => {
    const chunked = request(`${host.url}/echo`, { method: 'POST' }, (response) => resolve(response.statusCode));
    chunked.once('error', reject);
    chunked.end(body);
  });
  expect(status).toBe(413);
});

test('goes on when a client leaves before its answer', async () => {
  const leaving = fetch(`${host.url}/echo?do=wait`, { signal: AbortSignal.timeout(50) });
  await expect(leaving).rejects.toThrow();
  expect((await get('bytes')).status).toBe(201);
});

test('answers what is under way before it closes', async () => {
  const closing = await serveRoutes(declaredFunctions(root), root, 0);
  const underWay = fetch(`${closing.url}/echo?do=wait`);
  await fetch(`${closing.url}/echo`);
  await closing.close();
  expect(await (await underWay).text()).toBe('waited');
  await expect(fetch(`${closing.url}/echo`)).rejects.toThrow();
});

test('says so when the port is taken', async () => {
  const port = Number(new URL(host.url).port);
  await expect(checkPort(port)).rejects.toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringContaining(`Port ${port} is in use`),
  });
});

test('refuses with 429 what is too much at once, requests or bytes, and takes more when there is room again', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let calls = 0;
  const target = () => {
    arrived[calls++]?.resolve();
    return promise.then(() => ({ statusCode: 200 }));
  };
  const capacity = { requests: 2, bodyBytes: 1_000 };
  const full = await startHttpHost([{ method: 'POST', path: '/', target }], 0, capacity);
  const post = (bytes: number) => fetch(full.url, { method: 'POST', body: 'x'.repeat(bytes) });

  const first = post(800);
  await arrived[0]?.promise;
  const tooMuch = await post(300);
  expect([tooMuch.status, tooMuch.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await tooMuch.json()).toEqual({ message: 'Too Many Requests' });
  const second = post(100);
  await arrived[1]?.promise;
  expect((await post(1)).status).toBe(429);
  resolve();
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
  expect((await post(900)).status).toBe(200);
  await full.close();
});

test('a body that is slow to arrive takes no place of those that have arrived', async () => {
  const capacity = { requests: 1, bodyBytes: 1_000 };
  const target = async () => ({ statusCode: 200 });
  const narrow = await startHttpHost([{ method: 'POST', path: '/', target }], 0, capacity);
  const slow = [0, 1, 2].map(() => request(narrow.url, { method: 'POST', headers: { 'content-length': 2 } }));
  const answered = slow.map(
    (sent) => new Promise((resolve) => sent.once('response', ({ statusCode }) => resolve(statusCode))),
  );
  for (const sent of slow) await new Promise((resolve) => sent.write('x', resolve));
  expect((await fetch(narrow.url, { method: 'POST', body: 'x' })).status).toBe(200);
  for (const [index, sent] of slow.entries()) {
    sent.end('x');
    expect(await answered[index]).toBe(200);
  }
  await narrow.close();
});
