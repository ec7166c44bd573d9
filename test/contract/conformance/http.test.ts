import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../child-environment.ts';
import { startTinyFederation, type TinyFederation } from './tiny-federation.ts';

let federation: TinyFederation;

beforeAll(async () => {
  federation = await startTinyFederation({
    a: {
      sdl: 'type Query { hello(to: String): String fail: Int } type Mutation { set(to: String!): String }',
      resolvers: {
        Query: {
          hello: (_: unknown, { to }: { to?: string }) => `hello ${to ?? 'all'}`,
          fail: () => {
            throw new Error('secret');
          },
        },
        Mutation: { set: (_: unknown, { to }: { to: string }) => to },
      },
    },
  });
});
afterAll(() => federation.stop());

const BOTH = 'application/graphql-response+json, application/json;q=0.9';

interface Sent {
  readonly method?: string;
  readonly said?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly accept?: string;
  readonly contentType?: string;
}

async function send({ method = 'POST', said, body, accept, contentType = 'application/json' }: Sent) {
  const search = said ? `?${new URLSearchParams(said)}` : '';
  const response = await fetch(`${federation.url}${search}`, {
    method,
    headers: { ...(accept ? { accept } : {}), ...(method === 'POST' ? { 'content-type': contentType } : {}) },
    ...(body === undefined ? {} : { body }),
  });
  const [type] = (response.headers.get('content-type') ?? '').split(';');
  return { status: response.status, type, answer: await response.json() };
}

const post = (said: object, accept?: string) => send({ body: JSON.stringify(said), ...(accept ? { accept } : {}) });

test.each<[accept: string | undefined, type: string]>([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
  [BOTH, 'application/graphql-response+json'],
])('accept %s is answered with %s', async (accept, type) => {
  expect(await post({ query: '{ hello }' }, accept)).toEqual({
    status: 200,
    type,
    answer: { data: { hello: 'hello all' } },
  });
});

test('a query may come by GET, with variables and a name, without any header', async () => {
  expect(await send({ method: 'GET', said: { query: '{ hello }' } })).toMatchObject({
    status: 200,
    answer: { data: { hello: 'hello all' } },
  });
  const said = {
    query: 'query A($to: String) { hello(to: $to) } query B { __typename }',
    operationName: 'A',
    variables: '{ "to": "you" }',
  };
  expect(await send({ method: 'GET', said })).toMatchObject({ answer: { data: { hello: 'hello you' } } });
});

test('a mutation must not come by GET', async () => {
  const { status, answer } = await send({ method: 'GET', said: { query: 'mutation { set(to: "x") }' } });
  expect(status).toBe(405);
  expect(answer).not.toHaveProperty('data');
  expect(federation.asked.filter((text) => text.includes('mutation'))).toEqual([]);
});

test.each<[what: string, sent: Sent, status: number]>([
  ['a body that is no JSON', { body: '{', accept: BOTH }, 400],
  ['no query', { body: '{}', accept: BOTH }, 400],
  ['a query that is no text', { body: '{ "query": 7 }', accept: BOTH }, 400],
  ['variables that are no object', { body: '{ "query": "{ hello }", "variables": [7] }', accept: BOTH }, 400],
  ['a document that does not parse', { body: '{ "query": "{" }', accept: BOTH }, 400],
  ['a document that is not valid', { body: '{ "query": "{ nothing }" }', accept: BOTH }, 400],
  ['wrong variables', { body: '{ "query": "query ($to: String!) { hello(to: $to) }" }', accept: BOTH }, 400],
  ['a name of no operation', { body: '{ "query": "query A { hello }", "operationName": "B" }', accept: BOTH }, 400],
])('%s: %# is refused', async (_, sent, status) => {
  const { status: found, answer } = await send(sent);
  expect([found, answer]).toEqual([status, { errors: [expect.objectContaining({ message: expect.any(String) })] }]);
});

test.each<[accept: string | undefined, status: number]>([
  [BOTH, 294],
  ['application/json', 200],
  [undefined, 200],
])('a field that fails is no failure of the request: who accepts %s gets %i', async (accept, status) => {
  const answer = { data: { hello: 'hello all', fail: null }, errors: [{ path: ['fail'] }] };
  expect(await post({ query: '{ hello fail }' }, accept)).toMatchObject({ status, answer });
});

test('the schema may be asked for whole', async () => {
  const { getIntrospectionQuery, buildClientSchema } = await import('graphql');
  const { answer } = await post({ query: getIntrospectionQuery() });
  const schema = buildClientSchema((answer as { data: Parameters<typeof buildClientSchema>[0] }).data);
  expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(['hello', 'fail']);
});

describe('npm run gateway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-gateway-'));
  const supergraph = join(folder, 'supergraph.graphql');
  let child: ChildProcess | undefined;

  beforeAll(() => writeFileSync(supergraph, federation.supergraphSdl));
  afterAll(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  function run(...options: string[]) {
    const started = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'packages/gateway/src/cli.ts', ...options],
      {
        cwd: join(import.meta.dirname, '../../..'),
        env: childEnvironment(),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child = started;
    let said = '';
    const speaks = Promise.withResolvers<string>();
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        speaks.resolve(said);
      });
    }
    const ended = once(started, 'close').then(([code]) => ({ code, said }));
    return { speaks: speaks.promise, ended, child: started };
  }

  test('serves a supergraph until it is asked to end', async () => {
    const { speaks, ended, child: started } = run('--supergraph', supergraph, '--port', '0');
    const [, url = ''] = /^GraphQL (http:\/\/localhost:\d+)\/graphql/.exec(await speaks) ?? [];
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok', subgraphs: ['a'] });
    const response = await fetch(`${url}/graphql?query={hello}`);
    expect(await response.json()).toEqual({ data: { hello: 'hello all' } });
    started.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });

  test.each<[why: string | RegExp, options: string[]]>([
    ['npm run gateway -- --supergraph FILE', []],
    ['The supergraph has no subgraph b; it has a.', ['--subgraph', 'b=http://127.0.0.1:1/']],
    ['--subgraph must be NAME=URL', ['--subgraph', 'a']],
    ['--port must be a port number', ['--port', 'x']],
    ["Unknown option '--ports'", ['--ports', '1']],
    ["The file /nowhere/supergraph.graphql can't be read.", ['--supergraph', '/nowhere/supergraph.graphql']],
    [/address of the subgraph "a" can't be used: it must be https/, ['--subgraph', 'a=ftp://127.0.0.1/']],
  ])(
    'says what is wrong: %s',
    async (why, options) => {
      const { ended } = run(...(options.length > 0 ? ['--supergraph', supergraph, ...options] : []));
      const { code, said } = await ended;
      expect([code, said]).toEqual([
        1,
        typeof why === 'string' ? expect.stringContaining(why) : expect.stringMatching(why),
      ]);
    },
    30_000,
  );
});
