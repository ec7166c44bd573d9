import { loadSupergraph } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ANONYMOUS } from '../../../src/domain/viewer.ts';
import type { GraphqlServer } from '../../../src/edge/server.ts';
import { graphqlHandler, type HandlerOptions } from '../../../src/handlers/gateway/graphql-handler.ts';

const supergraph = loadSupergraph(`
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  enum join__Graph { A @join__graph(name: "a", url: "") }
  scalar link__Import
  enum link__Purpose { SECURITY EXECUTION }
  type Query { a: Int }
`);

/** A handler over a server that answers everything by this. */
function handlerOf(answer: GraphqlServer['answer'], options?: HandlerOptions) {
  const server = { answer, stop: async () => {} };
  const handler = graphqlHandler(
    async () => ({ supergraph, server, documents: new Map(), identify: async () => ANONYMOUS }),
    options,
  );
  return (method: string, headers: Record<string, string> = {}) =>
    handler(
      {
        rawPath: '/graphql',
        rawQueryString: 'query=%7Ba%7D',
        headers: { 'content-type': 'application/json', ...headers },
        requestContext: { requestId: 'r-1', http: { method } },
        body: '{"query":"{a}"}',
        isBase64Encoded: false,
      } as unknown as APIGatewayProxyEventV2,
      { getRemainingTimeInMillis: () => 10_000 },
    );
}

const says =
  (body: string, headers = {}) =>
  async () => ({ status: 200, headers, body });

test("refuses an answer above Lambda's limit, unless compression makes it fit", async () => {
  const send = handlerOf(says('x'.repeat(6_000_000)));
  const refused = await send('POST');
  expect([refused.statusCode, JSON.parse(refused.body ?? '')]).toMatchObject([
    413,
    { errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] },
  ]);
  expect(await send('POST', { 'accept-encoding': 'br' })).toMatchObject({ statusCode: 200 });
});

test('refuses requests over the concurrency limit and frees each place', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isBusy = true;
  const concurrency = { maxConcurrent: 3, maxWhenBusy: 2, maxWaiting: 9, maxWaitMs: 20, isBusy: () => isBusy };
  const send = handlerOf(() => promise.then(says('{}')), { concurrency });
  const within = [send('POST'), send('POST')];
  expect(await send('POST')).toMatchObject({
    statusCode: 503,
    headers: { 'retry-after': '1', 'cache-control': 'no-store' },
    body: expect.stringContaining('OVERLOADED'),
  });
  isBusy = false;
  within.push(send('POST'));
  expect(await send('POST')).toMatchObject({ statusCode: 503 });
  resolve();
  for (const { statusCode } of await Promise.all(within)) expect(statusCode).toBe(200);
  expect(await send('POST')).toMatchObject({ statusCode: 200 });

  const failing = handlerOf(() => Promise.reject(new Error('down')), {
    concurrency: { maxConcurrent: 1, maxWhenBusy: 1, maxWaiting: 9, maxWaitMs: 20, isBusy: () => true },
  });
  expect([await failing('POST'), await failing('POST')]).toMatchObject([{ statusCode: 500 }, { statusCode: 500 }]);
});

test('answers 304 for a known answer', async () => {
  const send = handlerOf(says('{"data":1}'));
  const first = await send('GET');
  expect(first.headers).toMatchObject({
    'cache-control': 'private, no-cache',
    etag: expect.stringMatching(/^"[\w-]+"$/),
  });
  const etag = String(first.headers?.etag);
  const again = await send('GET', { 'if-none-match': `"other", W/${etag}` });
  expect([again.statusCode, again.body, again.headers?.etag]).toEqual([304, undefined, etag]);
  expect((await send('GET', { 'if-none-match': '"other"' })).statusCode).toBe(200);

  const other = handlerOf(says('{"data":2}'));
  expect((await other('GET', { 'if-none-match': etag })).statusCode).toBe(200);
});

test('the ETag covers data, errors and masks only', async () => {
  const answer = ({ name = 'a', masked = ['x'], requestId = 'r-1', cost = 1, message = 'down' }) =>
    JSON.stringify({
      data: { name, part: null },
      errors: [{ message, path: ['part'], extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } }],
      extensions: { masked, cost: { requested: cost } },
    });
  const tagOf = async (said: Parameters<typeof answer>[0]) =>
    (await handlerOf(says(answer(said)))('GET')).headers?.etag;
  const tag = String(await tagOf({}));
  expect(tag).toMatch(/^W\/"[\w-]+"$/);
  expect([await tagOf({ requestId: 'r-2' }), await tagOf({ cost: 7 })]).toEqual([tag, tag]);
  const changed = await Promise.all([{ name: 'b' }, { masked: [] }, { message: 'late' }].map(tagOf));
  expect(new Set([tag, ...changed]).size).toBe(4);
  const again = await handlerOf(says(answer({ requestId: 'r-3' })))('GET', { 'if-none-match': tag });
  expect([again.statusCode, again.headers?.['cache-control']]).toEqual([304, 'private, no-cache']);
});

test('each encoding of an answer has its own ETag', async () => {
  const send = handlerOf(says('x'.repeat(5_000)));
  const tags = await Promise.all(
    ['', 'br', 'gzip'].map(async (encoding) => (await send('GET', { 'accept-encoding': encoding })).headers?.etag),
  );
  expect(new Set(tags).size).toBe(3);
});

test('an answer to POST, or with errors, is not stored', async () => {
  expect((await handlerOf(says('{}'))('POST')).headers).toMatchObject({ 'cache-control': 'no-store' });
  const failed = handlerOf(says('{"errors":[]}', { 'cache-control': 'no-store' }));
  expect((await failed('GET')).headers).toMatchObject({ 'cache-control': 'no-store' });
  expect((await failed('GET')).headers).not.toHaveProperty('etag');
});

test('every answer has the security headers', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
    expect((await handlerOf(says('{}'))(method)).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      ...(method === 'OPTIONS' ? {} : { 'x-request-id': 'r-1' }),
    });
  }
});

test('only pages of listed origins may read answers', async () => {
  const corsOrigins = ['https://parks.example'];
  const send = handlerOf(says('{}'), { corsOrigins });
  const named = { origin: 'https://parks.example' };
  expect((await send('POST', named)).headers).toMatchObject({ 'access-control-allow-origin': 'https://parks.example' });
  expect(await send('OPTIONS', named)).toMatchObject({
    statusCode: 204,
    headers: {
      'access-control-allow-origin': 'https://parks.example',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('content-type'),
    },
  });
  for (const origin of ['https://parks.example.evil.example', 'http://parks.example', 'null', '*']) {
    for (const method of ['POST', 'OPTIONS']) {
      expect(JSON.stringify((await send(method, { origin })).headers)).not.toMatch(/access-control/);
    }
  }
  expect(JSON.stringify(await handlerOf(says('{}'))('OPTIONS', named))).not.toMatch(/access-control/);
});

test('a gateway that starts at once has started before its first request, and a failed start is tried again', async () => {
  let starts = 0;
  const server = { answer: says('{}'), stop: async () => {} };
  const start = async () => {
    starts += 1;
    if (starts === 1) throw new Error('no network yet');
    return { supergraph, server, documents: new Map(), identify: async () => ANONYMOUS };
  };
  graphqlHandler(start);
  expect(starts).toBe(0);
  const handler = graphqlHandler(start, { startsAtOnce: true });
  expect(starts).toBe(1);
  await new Promise((resolve) => setTimeout(resolve));
  const event = {
    rawPath: '/health',
    rawQueryString: '',
    headers: {},
    requestContext: { requestId: 'r-1', http: { method: 'GET' } },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  expect(await handler(event, { getRemainingTimeInMillis: () => 10_000 })).toMatchObject({ statusCode: 200 });
  expect(starts).toBe(2);
});
