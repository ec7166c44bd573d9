import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { compose } from '../../../test/fixtures/synthetic/federation.ts';
import { configurationSchema, readConfiguration } from '../src/configuration.ts';
import { serveSupergraph } from '../src/serve-supergraph.ts';

const { sdl: supergraphSdl } = compose({
  parks:
    'type Park @key(fields: "id") { id: ID! name: String } type Query { park: Park secret: Int @requiresScopes(scopes: [["secrets:read"]]) }',
  firms: 'type Park @key(fields: "id") { id: ID! firms: Int } type Query { firm: Int }',
});

interface Asked {
  readonly subgraph: string;
  readonly headers: IncomingHttpHeaders;
}

const servers: Server[] = [];
const asked: Asked[] = [];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  asked.length = 0;
});

/** Serves an answer on this machine; null never answers. */
async function serve(name: string, answer: object | null): Promise<string> {
  const server = createServer((request, response) => {
    asked.push({ subgraph: name, headers: request.headers });
    if (answer) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

async function start(
  configuration: object,
  firms: object | null = { data: { _entities: [{ __typename: 'Park', firms: 3 }] } },
) {
  const host = await serveSupergraph({
    supergraphSdl,
    port: 0,
    addresses: {
      parks: await serve('parks', { data: { park: { __typename: 'Park', id: '1', name: 'P' }, secret: 7 } }),
      firms: await serve('firms', firms),
    },
    configuration: readConfiguration(JSON.stringify(configuration)),
  });
  closing.push(() => host.close());
  return async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${host.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return {
      status: response.status,
      ...((await response.json()) as { data?: unknown; errors?: { message: string; extensions: object }[] }),
    };
  };
}

const PARK = '{ park { name firms } }';

test('a hung subgraph costs its own time limit and no more', async () => {
  const ask = await start({ timeoutMs: 10_000, subgraphs: { firms: { timeoutMs: 200 } } }, null);
  const begun = performance.now();
  const { data, errors } = await ask(PARK);
  const took = performance.now() - begun;
  expect(data).toEqual({ park: { name: 'P', firms: null } });
  expect(errors).toMatchObject([{ extensions: { code: 'DEADLINE_EXCEEDED', subgraph: 'firms' } }]);
  expect(took).toBeGreaterThan(190);
  expect(took).toBeLessThan(5_000);
});

test('subgraphs are sent the headers that are configured, and no other of the client', async () => {
  const ask = await start({
    headers: { forward: ['x-tenant'], set: { 'x-from': 'gateway' } },
    subgraphs: { firms: { headers: { forward: ['authorization'] } } },
  });
  await ask(PARK, { 'x-tenant': 'teda', authorization: 'Bearer t', 'x-other': 'o', cookie: 'c=1' });
  const sent = asked.map(({ subgraph, headers }) => [
    subgraph,
    ...['x-tenant', 'x-from', 'authorization', 'x-other', 'cookie'].map((name) => headers[name]),
  ]);
  expect(sent).toEqual([
    ['parks', 'teda', 'gateway', undefined, undefined, undefined],
    ['firms', 'teda', 'gateway', 'Bearer t', undefined, undefined],
  ]);
});

test("subgraphs' words of errors are told only where that is configured", async () => {
  const answer = {
    data: { _entities: [null] },
    errors: [{ message: 'disk 7 is full', path: ['_entities', 0], extensions: { code: 'DISK' } }],
  };
  const masked = await (await start({}, answer))(PARK);
  expect(JSON.stringify(masked)).not.toContain('disk 7');
  const told = await (await start({ maskErrors: false }, answer))(PARK);
  expect(told.errors).toMatchObject([
    { message: 'disk 7 is full', extensions: { code: 'SUBGRAPH_ERROR', reportedCode: 'DISK', subgraph: 'firms' } },
  ]);
});

test('limits are those that are configured', async () => {
  const ask = await start({ limits: { depth: 1 } });
  expect((await ask(PARK)).errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX', limit: 'depth' } }]);
});

test('a body above the limit is refused, and nobody is asked', async () => {
  const ask = await start({ limits: { bodySize: 1_000 } });
  const { errors } = await ask(`${PARK} #${'x'.repeat(300_000)}`);
  expect(errors).toMatchObject([{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }]);
  expect(asked).toEqual([]);
});

test('fields that directives guard are for clients whose token says so, and other tokens are refused', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' };
  const jwt = { issuer: 'https://issuer.test', audience: 'gateway', jwksUrl: await serve('keys', { keys: [jwk] }) };
  const token = (scope: string, audience = 'gateway') =>
    new SignJWT({ scope })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(jwt.issuer)
      .setAudience(audience)
      .setExpirationTime('5m')
      .sign(privateKey);
  const ask = await start({ jwt });
  const as = async (text: string) => ask('{ secret }', { authorization: `Bearer ${text}` });
  expect(await as(await token('a secrets:read'))).toMatchObject({ status: 200, data: { secret: 7 } });
  expect(await as(await token('a'))).toMatchObject({ data: { secret: null } });
  expect(await ask('{ secret }')).toMatchObject({ data: { secret: null } });
  expect(await as(await token('secrets:read', 'another'))).toMatchObject({ status: 401 });
  expect(await as('nonsense')).toMatchObject({ status: 401 });
  expect(await (await start({ jwt: { ...jwt, isRequired: true } }))(PARK)).toMatchObject({ status: 401 });
});

test.each([
  ['hello', 'is not JSON'],
  ['{"timeout": 3}', 'Unrecognized key'],
  ['{"headers": {"forward": ["Host"]}}', 'headers.forward.0'],
  ['{"headers": {"forward": ["content-length"]}}', 'headers.forward.0'],
  ['{"limits": {"depht": 3}}', 'limits'],
])('a configuration of %s is refused', (text, message) => {
  expect(() => readConfiguration(text)).toThrow(message);
});

test('docs/gateway.schema.json is the schema of the configuration file', () => {
  expect(JSON.parse(readFileSync('docs/gateway.schema.json', 'utf8'))).toEqual(JSON.parse(configurationSchema()));
});
