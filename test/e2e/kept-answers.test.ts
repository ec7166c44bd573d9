import { globSync, readFileSync } from 'node:fs';
import { loadSupergraph, parseManifest } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parse } from 'graphql';
import { config } from '../../src/config.ts';
import { publicDocuments } from '../../src/edge/public-documents.ts';
import { openTable } from '../../src/storage/dynamodb/connection.ts';
import { transactGroups } from '../../src/storage/dynamodb/transact-groups.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import { SCALARS } from '../../src/subgraph/scalars.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** Answers that are the same for every caller are made once in five seconds; no stranger gets what others are shown, or what a write made old. */

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

test('a write to a table of the answer ends it at once, and another table’s does not', async () => {
  const { processConnection } = await import('../../src/handlers/connection.ts');
  const connection = processConnection(config());
  const into = (store: 'enterprises' | 'talent') => {
    const scope = { deadline: Date.now() + 9_000, signal: AbortSignal.timeout(9_000), owner: 'test' };
    const item = { pk: 'OF_THIS_TEST', sk: String(Math.random()) };
    return transactGroups(openTable(connection, store, scope), [[put(item)]]);
  };
  await send('Headline', HEADLINE);
  await into('talent');
  expect(await callsOf(() => send('Headline', HEADLINE))).toBe(0);
  await into('enterprises');
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
      'cache-control': 'public, max-age=0, s-maxage=30, stale-while-revalidate=30',
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
