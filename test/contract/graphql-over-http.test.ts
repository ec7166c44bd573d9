/** The audits of the package `graphql-http`, asked of the local host over a socket. */
import { type Audit, serverAudits } from 'graphql-http';
import { handler } from '../../src/handlers/gateway/gateway.ts';
import { type HttpHost, startHttpHost } from '../../src/local/http/http-host.ts';
import type { Invoke } from '../../src/local/lambda-function.ts';

let host: HttpHost;

beforeAll(async () => {
  const target: Invoke = (event) =>
    handler(event as Parameters<typeof handler>[0], { getRemainingTimeInMillis: () => 29_000 });
  host = await startHttpHost([{ method: '*', path: '/graphql', target }], 0);
});
afterAll(() => host.close());

/** The audits that aren't passed, by what they ask. */
async function notPassed(fetchFn: typeof fetch): Promise<string[]> {
  const audits: Audit[] = serverAudits({ url: `${host.url}/graphql`, fetchFn });
  expect(audits.length).toBeGreaterThan(60);
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  return results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.status}: ${result.name}`]));
}

test('every audit is passed when GET brings the header that guards it', async () => {
  const guarded: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    if ((init?.method ?? 'GET') === 'GET') headers.set('apollo-require-preflight', '1');
    return fetch(input, { ...init, headers });
  };
  expect(await notPassed(guarded)).toEqual([]);
});

test('without it what MAY be done by GET is not, and nothing else is missed', async () => {
  expect(await notPassed(fetch)).toEqual([
    'notice: MAY accept application/x-www-form-urlencoded formatted GET requests',
    'notice: MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
    'notice: MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
  ]);
});

const ask = (query: string, accept: string) =>
  fetch(`${host.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
  });

test.each([
  ['application/graphql-response+json', 'application/graphql-response+json', 400],
  ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json', 400],
  ['application/json, application/graphql-response+json;q=0.5', 'application/json', 200],
  ['application/graphql-response+json;q=0, */*', 'application/json', 200],
  ['text/html, application/*;q=0.1', 'application/json', 200],
])('who accepts %s gets %s, and %i for a document that is not valid', async (accept, type, status) => {
  const response = await ask('{ moon }', accept);
  expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  expect(response.status).toBe(status);
});

test.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('%s is told which methods are answered', async (method) => {
  const response = await fetch(`${host.url}/graphql`, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
  const text = await response.text();
  expect(method === 'HEAD' ? text : JSON.parse(text).errors[0].extensions.code).toBe(
    method === 'HEAD' ? '' : 'METHOD_NOT_ALLOWED',
  );
});

test('an operation that fails before GraphQL is refused in the type that the client accepts', async () => {
  const response = await fetch(`${host.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: '{',
  });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
});
