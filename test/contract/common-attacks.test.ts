/** What public audit tools for GraphQL try on a server, asked as nobody in particular of the gateway's own handler. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { handler } from '../../src/handlers/gateway/gateway.ts';

interface Attack {
  readonly method?: string;
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function send({ method = 'POST', search = '', headers, body }: Attack) {
  const event = {
    rawPath: '/graphql',
    rawQueryString: search,
    headers: headers ?? { 'content-type': 'application/json' },
    requestContext: { requestId: 'r-1', http: { method, path: '/graphql', sourceIp: '192.0.2.1' } },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  return { status: answer.statusCode ?? 0, headers: answer.headers ?? {}, said: JSON.parse(answer.body ?? 'null') };
}

const query = (text: string, more = {}): Attack => ({ body: JSON.stringify({ query: text, ...more }) });
const times = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => of(i)).join(' ');
const typed = (type: string, body: string): Attack => ({ headers: { 'content-type': type }, body });
const mutation = `query=${encodeURIComponent('mutation { __typename }')}`;
const preflighted = { 'graphql-require-preflight': '1' };
const TYPENAME = '{"query":"{ __typename }"}';

test.each<[what: string, attack: Attack, code: string]>([
  ['aliases without end', query(`{ ${times(101, (i) => `a${i}: __typename`)} }`), 'OPERATION_TOO_COMPLEX'],
  ['one field without end', query(`{ ${'__typename '.repeat(500)} }`), 'OPERATION_TOO_COMPLEX'],
  ['directives without end', query(`{ __typename ${'@aa '.repeat(500)} }`), 'OPERATION_TOO_COMPLEX'],
  [
    'introspection in circles',
    query('{ __schema { types { fields { type { fields { type { name } } } } } } }'),
    'OPERATION_TOO_COMPLEX',
  ],
  ['a batch', { body: `[${Array(10).fill(TYPENAME).join()}]` }, 'BAD_REQUEST'],
  ['a form', typed('application/x-www-form-urlencoded', 'query=%7B__typename%7D'), 'UNSUPPORTED_MEDIA_TYPE'],
  ['plain text', typed('text/plain', TYPENAME), 'UNSUPPORTED_MEDIA_TYPE'],
  ['a multipart form', typed('multipart/form-data; boundary=x', TYPENAME), 'UNSUPPORTED_MEDIA_TYPE'],
  [
    'a type that only holds the name of ours',
    typed('text/plain; application/json', TYPENAME),
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['a GET of another site', { method: 'GET', headers: {}, search: 'query=%7B__typename%7D' }, 'BAD_REQUEST'],
  ['a mutation by GET', { method: 'GET', headers: preflighted, search: mutation }, 'METHOD_NOT_ALLOWED'],
  [
    'a mutation by GET without a name',
    { method: 'GET', headers: preflighted, search: `${mutation}&operationName=` },
    'METHOD_NOT_ALLOWED',
  ],
  ['the parts of the graph', query('{ _service { sdl } }'), 'GRAPHQL_VALIDATION_FAILED'],
  ['entities', query('{ _entities(representations: []) { __typename } }'), 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a document to be registered',
    { body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }) },
    'PERSISTED_QUERY_NOT_FOUND',
  ],
  ['a wrong name', query('{ zonez { code } }'), 'GRAPHQL_VALIDATION_FAILED'],
  ['no GraphQL', query('qwerty { a }'), 'GRAPHQL_PARSE_FAILED'],
])('%s', async (_, attack, code) => {
  const { status, headers, said } = await send(attack);
  expect(status).toBeLessThan(500);
  expect(Object.keys(said)).toEqual(['errors']);
  expect(said.errors.length).toBeLessThanOrEqual(3);
  expect(said.errors[0].extensions.code).toBe(code);
  expect(JSON.stringify(said)).not.toMatch(/Did you mean|stack|exception|node_modules/);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

test('nothing that asks for it is told of times, versions or programs', async () => {
  const { headers, said } = await send({
    headers: { 'content-type': 'application/json', 'apollo-tracing': '1', 'apollo-federation-include-trace': 'ftv1' },
    body: TYPENAME,
  });
  expect(said).toEqual({ data: { __typename: 'Query' } });
  expect(Object.keys(headers).filter((name) => /^(server|x-powered-by|via)$/i.test(name))).toEqual([]);
});
