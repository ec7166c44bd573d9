import { globSync, readFileSync } from 'node:fs';
import { mock } from 'node:test';
import { loadSupergraph, parseManifest } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parse } from 'graphql';
import { config, type SubgraphName } from '../../src/config.ts';
import { publicDocuments } from '../../src/documents/public-documents.ts';
import { openTable } from '../../src/storage/dynamodb/connection.ts';
import { transactGroups } from '../../src/storage/dynamodb/transact-groups.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import { SCALARS } from '../../src/subgraph/scalars.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** Answers that are the same for all strangers are made once in half a minute; no stranger gets what others are shown. */

let system: DemoSystem;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
});
afterAll(() => system.stop());

const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));
const idOf = (name: string) => operations.find((operation) => operation.name === name)!.id;
const HEADLINE = { code: 'binhai-zhongguancun', on: '2020-03-16', locale: 'EN' };

interface Sent {
  readonly authorization?: string;
  readonly language?: string;
  readonly method?: 'GET' | 'POST';
  /** Asks for the price in the answer, which is made anew for it. */
  readonly isReported?: boolean;
}

async function send(
  name: string,
  variables: object,
  { authorization, language, method = 'POST', isReported = false }: Sent = {},
) {
  const { handler } = await import('../../src/handlers/gateway/gateway.ts');
  const asked = { documentId: idOf(name), variables: JSON.stringify(variables) };
  const event = {
    rawPath: '/graphql',
    rawQueryString: method === 'GET' ? String(new URLSearchParams(asked)) : '',
    headers: {
      'content-type': 'application/json',
      'apollo-require-preflight': '1',
      ...(authorization === undefined ? {} : { authorization }),
      ...(isReported ? { 'graphql-cost': 'report' } : {}),
      ...(language === undefined ? {} : { 'accept-language': language }),
    },
    requestContext: { requestId: 'r-1', http: { method, path: '/graphql', sourceIp: '192.0.2.1' } },
    body: method === 'GET' ? undefined : JSON.stringify({ ...asked, variables }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, headers = {}, body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  return { status: statusCode, headers, body };
}

/** How many calls of the store an answer takes. */
async function callsOf(ask: () => Promise<unknown>): Promise<number> {
  return (await system.proxy.during(ask)).length;
}

test('a stranger’s question asks the store once for all strangers, and each pays for it', async () => {
  const first = await send('Headline', HEADLINE);
  expect(JSON.parse(first.body).data.park.resumption.production).toMatchObject({ numerator: 206, denominator: 236 });
  let again = first;
  expect(await callsOf(async () => (again = await send('Headline', HEADLINE)))).toBe(0);
  expect(again.body).toBe(first.body);
  const costOf = ({ headers }: typeof first) => /requested=\d+, actual=\d+/.exec(String(headers['graphql-cost']))?.[0];
  expect(costOf(again)).toBe(costOf(first));
  expect(Number(/actual=(\d+)/.exec(costOf(again)!)?.[1])).toBeGreaterThan(1);
});

test('other variables and another language are other questions', async () => {
  await send('Headline', HEADLINE);
  expect(await callsOf(() => send('Headline', { ...HEADLINE, on: '2020-03-15' }))).toBeGreaterThan(0);
  const chinese = await send('Headline', HEADLINE, { language: 'zh' });
  expect(chinese.headers['content-language']).toBe('zh');
});

test('a write of a public record of the answer’s tables ends it at once, and others do not', async () => {
  const { processConnection } = await import('../../src/handlers/process.ts');
  const connection = processConnection(config());
  const into = (store: SubgraphName, sk: string) => {
    const scope = { deadline: Date.now() + 9_000, signal: AbortSignal.timeout(9_000), owner: 'test' };
    return transactGroups(openTable(connection, store, scope), [[put({ pk: 'ctype_of-this-test', sk })]]);
  };
  await send('Headline', HEADLINE);
  await into('talent', 'CURRENT');
  await into('enterprises', 'REPORT#2020-03-16');
  expect(await callsOf(() => send('Headline', HEADLINE))).toBe(0);
  await into('enterprises', 'REVISION#2020-03-16#000002');
  expect(await callsOf(() => send('Headline', HEADLINE))).toBeGreaterThan(0);
  await into('parks', 'PARK');
  expect(await callsOf(() => send('Headline', HEADLINE))).toBeGreaterThan(0);
});

test('what a known caller is shown reaches no stranger, nor the other way', async () => {
  const variables = JSON.parse(readFileSync('schema/operations/analyst/Breakdowns.variables.json', 'utf8'));
  const admin = { authorization: await system.bearer({ as: 'admin' }) };
  // Small counts are shown to administrators alone.
  const whole = await send('Breakdowns', variables, admin);
  const suppressed = await send('Breakdowns', variables);
  expect(whole.body).not.toContain('BELOW_THRESHOLD');
  expect(suppressed.body).toContain('BELOW_THRESHOLD');
  expect((await send('Breakdowns', variables, admin)).body).toBe(whole.body);
});

test('shared caches may keep what strangers ask by GET, without its price, and nobody else’s', async () => {
  const shared = await send('Headline', HEADLINE, { method: 'GET' });
  expect(shared).toMatchObject({
    status: 200,
    headers: {
      'cache-control': expect.stringMatching(/^public, max-age=0, s-maxage=\d\d?, stale-while-revalidate=25$/),
      etag: expect.any(String),
      vary: expect.stringContaining('authorization'),
    },
  });
  expect(shared.headers).not.toHaveProperty('graphql-cost');
  const analyst = await system.bearer({ as: 'analyst' });
  const own = await send('Headline', HEADLINE, { method: 'GET', authorization: analyst });
  expect(own.headers).toMatchObject({ 'cache-control': 'private, no-cache', 'graphql-cost': expect.any(String) });
  const personal = await send(
    'MyCases',
    { first: 5, locale: 'ZH' },
    {
      method: 'GET',
      authorization: await system.bearer({ as: 'applicant', person: 'talent-000001' }),
    },
  );
  expect(personal.headers).toMatchObject({ 'cache-control': 'private, no-cache' });
});

const subgraphsOf = publicDocuments(
  loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'), { scalars: SCALARS }),
);
const PUBLIC = operations.filter(({ body }) => subgraphsOf(parse(body)) !== undefined).map(({ name }) => name);

test.each(PUBLIC)('a stranger who asks %s after others gets what strangers get', async (name) => {
  const [file = ''] = globSync(`schema/operations/*/${name}.variables.json`);
  const variables = JSON.parse(readFileSync(file, 'utf8'));
  const others: readonly Bearer[] = [
    { as: 'admin' },
    { as: 'applicant', person: 'talent-000001' },
    { as: 'officer', agency: 'PARK', roles: 'PUBLISH,PUBLISH_FIGURES,REGISTER' },
    { as: 'partner', zone: 'zone_baodi' },
  ];
  for (const other of others) await send(name, variables, { authorization: await system.bearer(other) });
  const kept = [await send(name, variables), await send(name, variables)].map(({ body }) => JSON.parse(body));
  const { data, errors } = JSON.parse((await send(name, variables, { isReported: true })).body);
  for (const answer of kept) expect(answer).toEqual({ data, ...(errors && { errors }) });
});

test('what takes facts of a person, and what shows cases, is not kept', () => {
  expect(PUBLIC).toEqual(expect.arrayContaining(['Headline', 'ResumptionSeries', 'Policies', 'PolicyApplies']));
  for (const name of ['CheckEligibility', 'CaseStatus', 'MyCases', 'Worklist']) expect(PUBLIC).not.toContain(name);
});

// At the end: budgets know of no time that goes back.
describe('what an officer changes', () => {
  const officer: Bearer = { as: 'officer', agency: 'PARK', roles: 'REGISTER' };
  const LIST = { park: 'park_binhai-zhongguancun', first: 5, locale: 'ZH' };
  let began: number;
  const at = (seconds: number) => mock.timers.setTime(began + seconds * 1_000);
  beforeAll(() => {
    began = Date.now();
    mock.timers.enable({ apis: ['Date'], now: began });
  });
  afterAll(() => mock.timers.reset());

  test('shows at once to officers, and to strangers within a minute', async () => {
    const authorization = await system.bearer(officer);
    const names = async (sent: Sent = {}) => {
      const { data } = JSON.parse((await send('Enterprises', LIST, sent)).body);
      return data.enterprises.nodes.map(({ name }: { name: string }) => name);
    };
    const [before] = await names();
    const [id] = JSON.parse((await send('Enterprises', LIST)).body).data.enterprises.nodes.map(
      (node: { id: string }) => node.id,
    );
    const { enterprise } = await system.ask('query ($id: ID!) { enterprise(id: $id) { version } }', { id }, officer);
    const input = { idempotencyKey: 'of-this-test', enterprise: id, name: { zh: '新名企业' }, ...enterprise };
    const changed = await send('ChangeEnterprise', { input, locale: 'ZH' }, { authorization });
    expect(JSON.parse(changed.body).data.changeEnterprise.userErrors).toEqual([]);

    expect(await names({ authorization })).toContain('新名企业');
    at(29);
    expect(await names({ method: 'GET' })).toContain(before);
    const { headers } = await send('Enterprises', LIST, { method: 'GET' });
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=0, s-maxage=1, stale-while-revalidate=25',
      'cache-status': 'bridgehead; hit',
    });
    at(31);
    // One stranger has it made anew. Who asks meanwhile needn't wait.
    const shown = await Promise.all([names(), names()]);
    expect(shown.map((list) => list.includes('新名企业'))).toEqual([true, false]);
    expect(await names()).toContain('新名企业');
  });

  test('shows to every stranger after a minute, also while another has the answer made', async () => {
    const other = { ...LIST, first: 4 };
    at(100);
    await send('Enterprises', other);
    at(156);
    const calls = await Promise.all([1, 2].map(() => callsOf(() => send('Enterprises', other))));
    for (const count of calls) expect(count).toBeGreaterThan(0);
  });

  test('a stranger’s list reads the enterprises alone that strangers were not shown lately', async () => {
    const callsFor = (first: number, sent?: Sent) => callsOf(() => send('Enterprises', { ...LIST, first }, sent));
    at(200);
    const whole = await callsFor(20);
    expect(await callsFor(10)).toBe(whole - 1);
    expect(await callsFor(21)).toBe(whole);
    expect(await callsFor(11, { authorization: await system.bearer({ as: 'analyst' }) })).toBe(whole);
    at(206);
    expect(await callsFor(9)).toBeGreaterThanOrEqual(whole);
  });
});
