import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseManifest } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Config, configure } from '../../src/config.ts';
import { ALLOWANCES, FULL, taken } from '../../src/domain/budget.ts';
import { clientBudgets } from '../../src/handlers/gateway/admission.ts';
import { type GraphqlHandler, graphqlHandler } from '../../src/handlers/gateway/graphql-handler.ts';
import { CLIENT_ADDRESS_HEADER, callerAddress, ORIGIN_SECRET_HEADER } from '../../src/handlers/http/caller-address.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { changeBudget } from '../../src/storage/credentials/budgets.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { parkItem } from '../../src/storage/parks/items.ts';
import { credentialKeys } from '../../src/storage/tables.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.ts';

/** What asking costs, told and held through the gateway's own handler, with buckets in the real store. */

let system: TestSystem;
let proxy: RecordingProxy;
let dataDir: string;
let issuer: DevIssuer;
let settings: Config;
let handler: GraphqlHandler;

beforeAll(async () => {
  system = await startTestSystem();
  proxy = await startRecordingProxy(system.endpoint);
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');
  settings = configure({
    dynamodbEndpoint: proxy.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    oidcIssuers: [issuer.trusted],
    budgetFactor: 1,
    freeQueries: 'by-kind',
  });
  ({ handler } = await import('../../src/handlers/gateway/gateway.ts'));
  const same = {
    name: { zh: '样例', ja: 'サンプル', en: 'Sample' },
    zoneId: 'zone_baodi',
    regionCode: '120115',
    openedOn: null,
    area: null,
    address: null,
    version: 1,
  };
  await system.write(
    'parks',
    ['a', 'b', 'c'].map((code) => parkItem({ ...same, code })),
  );
});
afterAll(async () => {
  await proxy.stop();
  await system.stop();
  rmSync(dataDir, { recursive: true });
});

interface Sent {
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credential?: string;
}

async function send(said: object, { address = '192.0.2.1', headers = {}, credential }: Sent = {}) {
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
    },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/graphql', sourceIp: address } },
    body: JSON.stringify(said),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  return { status: answer.statusCode, headers: answer.headers ?? {}, ...JSON.parse(answer.body ?? '{}') };
}

const token = (kind: 'officer' | 'analyst' | 'applicant' | 'partner', choice = {}) =>
  issuer.sign(bearerClaims(kind, choice, issuer.trusted), 60);

const PARKS = 'query ($first: Int!) { parks(first: $first) { nodes { id } } }';
const page = (first: number) => ({ query: PARKS, variables: { first } });
const allParks = (of: string) => `zone { parks(first: 100) { nodes { ${of} } } }`;
/** A million parks, which is over the limit of objects. */
const TOO_DEAR = `{ parks(first: 100) { nodes { ${allParks(allParks('id'))} } } }`;
/** The header of a refused request's answer. */
const REFUSED = /^requested=10, actual=10, limit=\d+, remaining=\d+, resets-in=\d+$/;
const REPORT = { 'graphql-cost': 'report' };

test('an answer tells what it may have cost and what it came to, and only that is gone', async () => {
  const credential = await token('analyst', { person: 'teller' });
  const { headers, extensions, data } = await send(page(100), { credential, headers: REPORT });
  expect(data.parks.nodes).toHaveLength(3);
  const { capacity } = ALLOWANCES.analyst;
  // The connection and a hundred parks; the connection and three.
  expect(extensions.cost).toEqual({
    requested: 101,
    actual: 4,
    limit: capacity,
    remaining: capacity - 4,
    resetsAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(headers['graphql-cost']).toBe(
    `requested=101, actual=4, limit=${capacity}, remaining=${capacity - 4}, resets-in=0`,
  );
  const silent = await send({ ...page(100), extensions: {} }, { credential });
  expect(silent).not.toHaveProperty('extensions');
  expect(silent.headers['graphql-cost']).toMatch(/^requested=101, actual=4/);
  expect((await send({ ...page(1), extensions: { cost: 'report' } }, { credential })).extensions.cost.requested).toBe(
    2,
  );
});

test('a dry run prices what it doesn’t run, for who may ask it, within the limits', async () => {
  const credential = await token('analyst', { person: 'dry' });
  const dry = { credential, headers: { 'graphql-cost': 'dry-run' } };
  await send(page(1), dry);
  const calls = await proxy.during(async () => {
    const answer = await send(page(100), dry);
    expect(answer).toEqual({
      status: 200,
      headers: expect.objectContaining({ 'cache-control': 'no-store' }),
      extensions: { cost: expect.objectContaining({ requested: 101, actual: 1 }) },
    });
  });
  expect(calls).toEqual([]);
  expect((await send({ query: '{ moon }' }, dry)).errors).toMatchObject([
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  ]);
  expect((await send({ query: TOO_DEAR }, dry)).errors).toMatchObject([{ extensions: { limit: 'cost' } }]);
  expect(await send(page(1), { ...dry, credential: 'nonsense' })).toMatchObject({ status: 401 });
  expect(await send(page(1), { headers: dry.headers })).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await send(page(1), { credential, headers: { 'graphql-cost': 'dryrun' } })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'BAD_REQUEST' } }],
  });
});

/** Costs 100 and reads nothing: the ids are of no type. */
const HUNDRED_NODES = {
  query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
  variables: { ids: Array.from({ length: 100 }, (_, i) => `moon_${i}`) },
};

test('a stranger’s loop is told when to come again, and costs nobody else anything', async () => {
  const address = '192.0.2.7';
  const asked = HUNDRED_NODES;
  let answered = 0;
  let last = await send(asked, { address });
  for (; last.status === 200 && answered < 200; answered++) last = await send(asked, { address });
  expect(answered).toBeGreaterThanOrEqual(ALLOWANCES.anonymous.capacity / 100 - 1);
  expect(answered).toBeLessThan(ALLOWANCES.anonymous.capacity / 100 + 20);
  const [error] = last.errors;
  expect(last).toMatchObject({ status: 429, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } });
  expect(error.extensions).toEqual({
    code: 'THROTTLED',
    requested: 100,
    limit: ALLOWANCES.anonymous.capacity,
    remaining: expect.any(Number),
    resetsAt: expect.any(String),
  });
  const seconds = Number(last.headers['retry-after']);
  expect(Date.parse(error.extensions.resetsAt) - Date.now()).toBeLessThanOrEqual(seconds * 1_000);
  // Refused without asking the store.
  expect(await proxy.budgetChangesDuring(() => send(asked, { address }))).toBe(0);

  expect((await send(asked, { address: '192.0.2.8' })).status).toBe(200);
  expect((await send(asked, { address, credential: await token('analyst') })).status).toBe(200);
  const named = { documentId: shipped('Headline'), variables: { code: 'a', on: '2020-03-16', locale: 'EN' } };
  expect(await send(named, { address })).toMatchObject({ status: 200, data: { park: { name: 'Sample' } } });
});

test.each([
  ['not valid', '198.51.100.1', { query: '{ moon }' }],
  [
    'over a limit',
    '198.51.100.7',
    { query: `{ ${Array.from({ length: 50 }, (_, i) => `a${i}: __typename`).join(' ')} }` },
  ],
])(
  'what is refused as %s costs too, and who has nothing left is refused before anything is parsed',
  async (_what, address, asked) => {
    const dear = HUNDRED_NODES;
    const spent = ALLOWANCES.anonymous.capacity - 300;
    for (let tokens = 0; tokens < spent; tokens += 100) await send(dear, { address });
    const most = 300 / 10;
    let refused = 0;
    let last = await send(asked, { address });
    for (; last.status !== 429 && refused < most + 100; refused++) last = await send(asked, { address });
    expect(refused).toBeGreaterThanOrEqual(most - 2);
    expect(last).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
      errors: [{ extensions: { code: 'THROTTLED', resetsAt: expect.any(String) } }],
    });
    expect(await proxy.budgetChangesDuring(() => send({ query: '{' }, { address }))).toBe(0);
    expect((await send({ query: '{' }, { address })).errors[0].extensions.code).toBe('THROTTLED');
  },
);

test.each([
  ['no GraphQL', { query: '{' }, 'analyst'],
  ['not valid', { query: '{ moon }' }, 'analyst'],
  ['over a limit', { query: `{ ${'__typename '.repeat(600)} }` }, 'analyst'],
  ['over a limit of objects', { query: TOO_DEAR }, 'analyst'],
  ['no request', { query: 7 }, 'analyst'],
  ['not for phones', { query: '{ __typename }' }, 'applicant'],
] as const)('the answer to what is %s tells its price of ten', async (_, asked, kind) => {
  const answer = await send(asked, { credential: await token(kind, { person: 'refused' }) });
  expect(answer.errors).toHaveLength(1);
  expect(answer.headers['graphql-cost']).toMatch(REFUSED);
});

test('a refused credential’s answer tells its price of ten, and what costs nothing has none', async () => {
  const refused = await send(page(1), { address: '203.0.113.77', credential: 'no.token.atall' });
  expect(refused).toMatchObject({ status: 401, headers: { 'graphql-cost': expect.stringMatching(REFUSED) } });
  const free = await send(page(1), { address: '203.0.113.77', headers: { accept: 'text/plain' } });
  expect(free.status).toBe(406);
  expect(free.headers).not.toHaveProperty('graphql-cost');
});

test('what a budget costs: a call of the store now and then', async () => {
  const credential = await token('analyst', { person: 'busy' });
  await send(page(3), { credential });
  const changes = await proxy.budgetChangesDuring(async () => {
    for (let asked = 0; asked < 60; asked++) expect((await send(page(3), { credential })).status).toBe(200);
  });
  expect(changes).toBeLessThan(6);
});

test('a query runs beside the call for its tokens; a mutation waits for them', async () => {
  const query = await token('analyst', { person: 'beside' });
  // Nobody has asked for so many parks, so that nothing of them is kept.
  const [first] = await proxy.turnsDuring(() => send(page(9), { credential: query }));
  expect(first).toEqual(['Query', 'budget']);
  const mutation = await token('officer', { person: 'behind', agency: 'PARK', roles: 'PUBLISH' });
  const sign = 'mutation ($input: AgreementVersionInput!) { signAgreement(input: $input) { userErrors { code } } }';
  const input = { idempotencyKey: 'signs-nothing', agreement: 'agr_none', version: 1 };
  const turns = await proxy.turnsDuring(() => send({ query: sign, variables: { input } }, { credential: mutation }));
  expect(turns[0]).toEqual(['budget']);
  expect(turns.length).toBeGreaterThan(1);
});

test('a query whose tokens are gone elsewhere is run, and its answer kept back', async () => {
  const credential = await token('partner', { zone: 'zone_spent' });
  const viewer = { kind: 'partner', zone: 'zone_spent', key: 'any' } as const;
  const elsewhere = clientBudgets(settings)({ viewer, address: '', isShipped: false }, Date.now());
  expect(await elsewhere.reserve(ALLOWANCES.partner.capacity)).toHaveProperty('tokens');
  const refused = await send(page(100), { credential });
  expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: 'THROTTLED' } }] });
  expect(refused).not.toHaveProperty('data');
  // For a second it is refused without running.
  expect(await proxy.during(() => send(page(100), { credential }))).toEqual([]);
});

test('instances share a client’s bucket, however they get in each other’s way', async () => {
  const open = [0, 1, 2].map(() => clientBudgets(settings));
  const viewer = { kind: 'partner', zone: 'zone_shared', key: 'any' } as const;
  const asking = { viewer, address: '', isShipped: false };
  const now = Date.now();
  const tries = Array.from({ length: 60 }, (_, i) => open[i % 3]!(asking, now).reserve(5_000));
  const granted = (await Promise.all(tries)).filter((answer) => 'tokens' in answer);
  expect(granted).toHaveLength(ALLOWANCES.partner.capacity / 5_000);
});

test('a bucket is changed by who knows how it is; a full one needs no record', async () => {
  const table = system.table('credentials');
  const now = Date.now();
  const next = taken(FULL, ALLOWANCES.officer, 100, now);
  expect(await changeBudget(table, 'c', { seen: FULL, next, now })).toEqual({ isDone: true, fullAt: next });
  const stale = { seen: FULL, next: next + 1, now };
  expect(await changeBudget(table, 'c', stale)).toEqual({ isDone: false, fullAt: next });
  expect(await changeBudget(table, 'none', { ...stale, seen: next })).toEqual({ isDone: false, fullAt: FULL });
  expect(await readItem(table, credentialKeys.budget('c'))).toMatchObject({
    fullAt: next,
    ttl: Math.ceil(next / 1_000),
  });
  // Full again, whether or not the record has gone.
  const later = { seen: FULL, next: next + 9_000, now: next };
  expect(await changeBudget(table, 'c', later)).toMatchObject({ isDone: true });
});

test('phones ask what is shipped and nothing else', async () => {
  const credential = await token('applicant');
  expect(await send(page(1), { credential })).toMatchObject({
    status: 403,
    errors: [{ extensions: { code: 'TRUSTED_DOCUMENTS_ONLY' } }],
  });
  const named = { documentId: shipped('Headline'), variables: { code: 'a', on: '2020-03-16', locale: 'EN' } };
  expect(await send(named, { credential })).toMatchObject({ status: 200, data: { park: { name: 'Sample' } } });
  for (const kind of ['analyst', 'officer', 'partner'] as const) {
    expect((await send(page(1), { credential: await token(kind) })).status).toBe(200);
  }
});

test('without the store each instance grants a little by itself, and asks it now and then only', async () => {
  await proxy.stop();
  const credential = await token('analyst', { person: 'alone' });
  const begun = Date.now();
  const first = await send({ query: '{ __typename }' }, { credential });
  expect(first.status).toBe(200);
  let answered = 0;
  let last = first;
  const asked = HUNDRED_NODES;
  for (; last.status === 200 && answered < 200; answered++) last = await send(asked, { credential });
  expect(last).toMatchObject({ status: 429, headers: { 'retry-after': expect.any(String) } });
  expect(answered).toBeLessThan(ALLOWANCES.analyst.capacity / 10 / 100 + (Date.now() - begun) / 1_000 + 30);
  proxy = await startRecordingProxy(system.endpoint);
});

function shipped(name: string): string {
  const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));
  return operations.find((operation) => operation.name === name)!.id;
}

test('refused credentials and invalid requests cost the address, and no one who is identified there', async () => {
  const address = '2001:db8:77:1200::1';
  const refused = () => send(page(1), { address, credential: 'no.token.atall' });
  const first = await refused();
  expect(first).toMatchObject({ status: 401 });
  // The bucket fills up meanwhile.
  const most = (2 * ALLOWANCES.anonymous.capacity) / 10;
  for (let i = 0, status = 401; i < most && status !== 429; i++) {
    ({ status } = await (i % 2 === 0 ? refused() : send({ query: 7 }, { address })));
  }
  expect(await refused()).toMatchObject({ status: 429, errors: [{ extensions: { code: 'THROTTLED' } }] });
  expect(await send(page(1), { address: '2001:db8:77:12ff::9' })).toMatchObject({ status: 429 });
  expect(await send(page(1), { address, credential: await token('officer') })).toMatchObject({ status: 200 });
});

test('with CloudFront the address is the one that it says, and what goes around it is refused', async () => {
  const originSecret = 'a secret that only CloudFront sends, and long';
  const event = (headers: object) =>
    ({ headers, requestContext: { http: { sourceIp: '192.0.2.9' } } }) as Parameters<typeof callerAddress>[0];
  const client = { [CLIENT_ADDRESS_HEADER]: '203.0.113.5' };
  expect(callerAddress(event(client), undefined)).toBe('192.0.2.9');
  expect(callerAddress(event({ ...client, [ORIGIN_SECRET_HEADER]: originSecret }), [originSecret])).toBe('203.0.113.5');
  for (const headers of [client, { ...client, [ORIGIN_SECRET_HEADER]: 'another' }]) {
    expect(() => callerAddress(event(headers), [originSecret])).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  }
  const closed = graphqlHandler(() => Promise.reject(new Error('never started')), {
    originSecrets: () => [originSecret],
  });
  const around = { rawPath: '/graphql', headers: client, requestContext: { requestId: 'r', http: { method: 'POST' } } };
  const answer = await closed(around as unknown as APIGatewayProxyEventV2, { getRemainingTimeInMillis: () => 9_000 });
  expect(answer.statusCode).toBe(403);
});
