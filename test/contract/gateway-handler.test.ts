import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { handler } from '../../src/handlers/gateway/gateway.ts';

interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What an HTTP API hands over for a request (payload 2.0). */
function eventOf({
  method = 'POST',
  path = '/graphql',
  query = {},
  headers = {},
  body,
}: Request): APIGatewayProxyEventV2 {
  const routeKey = `${method} ${path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'content-type': 'application/json', ...headers },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '16/Mar/2020:01:30:00 +0000',
      timeEpoch: 1584322200000,
    },
    ...(body === undefined ? {} : { body: body.toString(Buffer.isBuffer(body) ? 'base64' : 'utf8') }),
    isBase64Encoded: Buffer.isBuffer(body),
  };
}

const send = (request: Request): Promise<APIGatewayProxyStructuredResultV2> =>
  handler(eventOf(request), { getRemainingTimeInMillis: () => 29_000 });

/** The status and JSON of an answer to a POSTed operation. */
async function post(said: object, headers: Record<string, string> = {}) {
  const { statusCode, body = '' } = await send({ body: JSON.stringify(said), headers });
  return {
    status: statusCode,
    ...(JSON.parse(body) as { data?: unknown; errors?: { message: string; extensions: { code: string } }[] }),
  };
}

test('health says which supergraph is served', async () => {
  const { statusCode, headers, body = '' } = await send({ method: 'GET', path: '/health' });
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': 'request-1' });
  expect(JSON.parse(body)).toEqual({
    status: 'ok',
    supergraph: expect.stringMatching(/^[\da-f]{64}$/),
    subgraphs: ['enterprises', 'linkages', 'node', 'parks', 'talent'],
  });
});

test('what is no id is null', async () => {
  expect(
    await post({
      query: 'query ($ids: [ID!]!) { node(id: "park_A") { id __typename } nodes(ids: $ids) { id __typename } }',
      variables: { ids: ['moon_c', 'case_d'] },
    }),
  ).toEqual({ status: 200, data: { node: null, nodes: [null, null] } });
});

test('a query may come by GET with the header that a browser can’t send by itself, a mutation and what is personal not', async () => {
  const get = (query: string, headers: Record<string, string>) =>
    handler(
      { ...eventOf({ method: 'GET', query: { query }, headers }), headers: { accept: 'application/json', ...headers } },
      { getRemainingTimeInMillis: () => 29_000 },
    );
  const preflighted = { 'apollo-require-preflight': '1' };
  expect(await get('{ __typename }', preflighted)).toMatchObject({
    statusCode: 200,
    body: expect.stringContaining('Query'),
  });
  expect(await get('{ __typename }', {})).toMatchObject({
    statusCode: 400,
    body: expect.stringContaining('BAD_REQUEST'),
  });
  const stated = '{ checkEligibility(caseType: "ctype_x", application: { zone: "zone_x" }) { eligible } }';
  for (const query of ['mutation { __typename }', stated]) {
    expect(await get(query, preflighted)).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST', 'cache-control': 'no-store' },
      body: expect.stringContaining('METHOD_NOT_ALLOWED'),
    });
  }
});

test.each<[number, string, Request]>([
  [400, 'no JSON', { body: '{' }],
  [400, 'a JSON text', { body: '"{ __typename }"' }],
  [400, 'a batch', { body: '[{ "query": "{ __typename }" }]' }],
  [400, 'nothing', {}],
  [400, 'bytes that are no UTF-8', { body: Buffer.from([0x7b, 0xff, 0x7d]) }],
  [400, 'no document', { body: '{ "variables": {} }' }],
  [400, 'a document that is no text', { body: '{ "query": 1 }' }],
  [400, 'an operation name that is no text', { body: '{ "query": "{ __typename }", "operationName": 1 }' }],
  [400, 'variables that are a list', { body: '{ "query": "{ __typename }", "variables": [] }' }],
  [400, 'extensions that are a text', { body: '{ "query": "{ __typename }", "extensions": "{}" }' }],
  [405, 'another method', { method: 'PUT', body: '{ "query": "{ __typename }" }' }],
  [406, 'an Accept that JSON is not in', { body: '{ "query": "{ __typename }" }', headers: { accept: 'text/html' } }],
  [413, 'a body that is too large', { body: JSON.stringify({ query: '{ __typename }', a: 'a'.repeat(600_000) }) }],
  [415, 'a form', { body: 'query={__typename}', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  [415, 'a compressed body', { body: '{}', headers: { 'content-encoding': 'gzip' } }],
  [415, 'another charset', { body: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } }],
  [415, 'a type that only begins as JSON', { body: '{}', headers: { 'content-type': 'application/jsonp' } }],
])('%i: a request with %s is refused as GraphQL answers', async (status, _, request) => {
  const { statusCode, headers = {}, body = '' } = await send(request);
  expect([statusCode, JSON.parse(body)]).toEqual([
    status,
    { errors: [{ message: expect.any(String), extensions: expect.objectContaining({ code: expect.any(String) }) }] },
  ]);
  expect(headers['cache-control']).toBe('no-store');
});

test('what is refused before GraphQL names what would be taken', async () => {
  const body = '{ "query": "{ __typename }" }';
  const headersOf = async (request: Request) => (await send({ body, ...request })).headers;
  expect(await headersOf({ method: 'DELETE' })).toMatchObject({ allow: 'GET, POST, OPTIONS' });
  expect(await headersOf({ headers: { 'content-encoding': 'br' } })).toMatchObject({ 'accept-encoding': 'identity' });
});

test('an empty operationName is none, and opens no way around what operations are held to', async () => {
  const query = '{ __typename }';
  expect(await post({ query })).toMatchObject({ status: 200 });
  expect(await post({ query, operationName: '' })).toEqual({ status: 200, data: { __typename: 'Query' } });
  const empty = { operationName: '', variables: '', extensions: '' };
  const guarded = { method: 'GET', headers: { 'graphql-require-preflight': '1' } };
  expect(await send({ ...guarded, query: { query, ...empty } })).toMatchObject({ statusCode: 200 });

  const mutation = 'mutation { __typename }';
  expect(await post({ query: mutation })).toMatchObject({ status: 200 });
  expect(await send({ ...guarded, query: { query: mutation, ...empty } })).toMatchObject({
    statusCode: 405,
    headers: { allow: 'POST' },
  });
  const two = 'query A { __typename } query B { __typename }';
  expect(await post({ query: two, operationName: '' })).toMatchObject({
    errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }],
  });
});

test('JSON that is too deep or has too many values is told so', async () => {
  const deep = `{ "query": "{ __typename }", "variables": { "a": ${'['.repeat(5_000)}${']'.repeat(5_000)} } }`;
  const wide = JSON.stringify({ query: '{ __typename }', variables: { a: Array(10_000).fill(0) } });
  for (const [body, limit] of [
    [deep, 'jsonDepth'],
    [wide, 'jsonValues'],
  ]) {
    const { body: answer = '' } = await send({ body: String(body) });
    expect(JSON.parse(answer).errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX', limit } }]);
  }
});

test.each([
  ['GRAPHQL_PARSE_FAILED', '{'],
  ['GRAPHQL_VALIDATION_FAILED', '{ moon }'],
  ['GRAPHQL_VALIDATION_FAILED', '{ __typename ... @defer { node(id: "x") { id } } }'],
  ['GRAPHQL_VALIDATION_FAILED', 'subscription { moon }'],
  ['OPERATION_RESOLUTION_FAILURE', 'query A { __typename } query B { __typename }'],
  ['BAD_USER_INPUT', 'query ($id: ID!) { node(id: $id) { id } }'],
  ['BAD_USER_INPUT', '{ nodes(ids: []) { id } }'],
])('%s: %s', async (code, query) => {
  const { errors = [] } = await post({ query });
  expect(errors[0]?.extensions.code).toBe(code);
  expect(JSON.stringify(errors)).not.toMatch(/stack|node_modules|src\//);
});

test('what asks for too much is told what', async () => {
  const { status, errors = [] } = await post({ query: `{ ${'a '.repeat(5_000)} }` });
  expect(status).toBe(200);
  expect(errors).toEqual([
    {
      message: expect.any(String),
      extensions: { code: 'OPERATION_TOO_COMPLEX', limit: 'tokens', allowed: 2_000, found: 2_001 },
    },
  ]);
});

test('what is not offered is refused plainly', async () => {
  const { errors = [] } = await post({ query: '{ ... @defer { __typename } }' });
  expect(errors.map(({ message }) => message)).toContain(
    'This gateway answers at once and whole: it does not offer @defer.',
  );
});

test('a document that nobody trusts is not found by its hash', async () => {
  const sha256Hash = 'a'.repeat(64);
  expect(await post({ extensions: { persistedQuery: { version: 1, sha256Hash } } })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  });
  // Nor does sending both make it trusted.
  const both = { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash } } };
  expect(await post(both)).toEqual({ status: 200, data: { __typename: 'Query' } });
  expect(await post({ documentId: sha256Hash })).toMatchObject({ status: 400 });
});

test('a large answer is compressed as the client prefers', async () => {
  const body = JSON.stringify({ query: '{ __schema { types { name description } } }' });
  const plain = await send({ body });
  const br = await send({ body, headers: { 'accept-encoding': 'gzip, deflate, br' } });
  const gz = await send({ body, headers: { 'accept-encoding': 'br;q=0, gzip' } });
  expect([plain, br, gz].map(({ headers }) => headers?.['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
  const bytes = ({ body: text = '' }: APIGatewayProxyStructuredResultV2) => Buffer.from(text, 'base64');
  expect(brotliDecompressSync(bytes(br)).toString()).toBe(plain.body);
  expect(gunzipSync(bytes(gz)).toString()).toBe(plain.body);
  expect(plain.headers?.vary).toMatch(/accept-encoding.*authorization/);
});

test('an answer says its language', async () => {
  const { headers } = await send({ body: '{ "query": "{ __typename }" }', headers: { 'accept-language': 'ja-JP' } });
  expect(headers?.['content-language']).toBe('ja');
});

test('introspection shows the public schema only', async () => {
  const { data } = await post({ query: '{ __schema { types { name } directives { name } } }' });
  expect(JSON.stringify(data)).not.toMatch(/join__|link__|inaccessible|_Entity|_Any/);
});
