import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import { parseManifest } from '@bridgehead/federation';
import { configure } from '../../src/config.ts';
import { type LogFields, log } from '../../src/log.ts';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';
import { startSpanCollector } from '../fixtures/span-collector.ts';

/** An operator reads one line and one trace of each request, which tell nothing of a person. */

const PERSON = 'a-person-who-asks';
let system: DemoSystem;
let collector: Awaited<ReturnType<typeof startSpanCollector>>;
let lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  mock.method(log, 'info', (message: string, fields: LogFields = {}) => {
    if (message === 'a request was answered') lines.push(fields);
  });
  collector = await startSpanCollector();
  configure({ requestLines: true, traces: { url: `${collector.url}/v1/traces`, ratio: 1 } });
  system = await startDemoSystem('2026-09-10');
});
afterAll(async () => {
  mock.restoreAll();
  await system.stop();
  await collector.stop();
});
beforeEach(() => {
  lines = [];
});

const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));

test('a trusted document is named, with its client, cost and subgraphs', async () => {
  const variables = JSON.parse(readFileSync('schema/operations/officer/ParkFigures.variables.json', 'utf8'));
  const { body = '' } = operations.find(({ name }) => name === 'ParkFigures') ?? {};
  await system.answer(body, variables, { as: 'officer', person: PERSON });
  expect(lines).toEqual([
    expect.objectContaining({
      client: 'officer',
      document: 'ParkFigures',
      isTrusted: true,
      outcome: 'OK',
      codes: [],
      status: 200,
      Requests: 1,
      Failed: 0,
      Refused: 0,
      subgraphs: expect.arrayContaining(['enterprises']),
    }),
  ]);
  expect(lines[0]?.Duration).toBeGreaterThan(0);
});

test("a client's own words and names are in no line", async () => {
  const query = `query Secret${'Name'} { zone(id: "zone_of-a-secret") { id } }`;
  await system.answer(query, {}, { as: 'analyst', person: PERSON });
  await system.answer('{ nothing }', {}, { as: 'applicant', person: PERSON });
  expect(lines.map(({ client, document, outcome }) => [client, document, outcome])).toEqual([
    ['analyst', null, 'OK'],
    ['applicant', null, 'REFUSED'],
  ]);
  expect(lines.map(({ fields }) => fields)).toEqual([['Query.zone', 'Query.zone(id:)', 'Zone.id'], []]);
  expect(JSON.stringify(lines)).not.toMatch(/Secret|secret|nothing|a-person/);
});

test('a refused caller leaves a line with the code', async () => {
  await system.answer('{ zones(first: 1) { nodes { id } } }', {}, undefined, {
    authorization: 'Bearer no.token.atall',
  });
  expect(lines).toEqual([
    expect.objectContaining({ client: 'unidentified', outcome: 'REFUSED', status: 401, codes: ['UNAUTHENTICATED'] }),
  ]);
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

test("a request continues the caller's trace, over its subgraphs to the tables", async () => {
  const variables = JSON.parse(readFileSync('schema/operations/officer/ParkFigures.variables.json', 'utf8'));
  const { body = '' } = operations.find(({ name }) => name === 'ParkFigures') ?? {};
  const headers = { traceparent: `00-${TRACE}-${CALLER}-00` };
  await system.answer(body, variables, { as: 'officer', person: PERSON }, headers);
  const trace = await collector.trace(({ parentSpanId }) => parentSpanId === CALLER);
  const root = trace.find(({ parentSpanId }) => parentSpanId === CALLER);
  expect(root).toMatchObject({
    name: 'GraphQL request',
    traceId: TRACE,
    attributes: { 'bridgehead.client': 'officer', 'graphql.operation.name': 'ParkFigures' },
  });
  const childrenOf = (name: string) => {
    const parents = trace.filter((span) => span.name === name).map(({ spanId }) => spanId);
    return trace.filter(({ parentSpanId }) => parents.includes(parentSpanId ?? ''));
  };
  expect(childrenOf('GraphQL request').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['subgraph enterprises', 'subgraph parks']),
  );
  const calls = childrenOf('subgraph enterprises').filter(({ name }) => name.startsWith('DynamoDB '));
  expect(calls.length).toBeGreaterThan(0);
  expect(JSON.stringify(calls[0]?.attributes)).toContain('bridgehead-local-enterprises');
  const texts = trace.map(({ text }) => text).join();
  for (const value of [PERSON, ...Object.values(variables)]) expect(texts).not.toContain(String(value));
});

test('a function continues the trace of the gateway that invokes it', async () => {
  const { handler } = await import('../../src/handlers/subgraphs/parks.ts');
  const traceId = '5b8efff798038103d269b633813fc60c';
  const viewer = { kind: 'anonymous' };
  const traceparent = `00-${traceId}-${CALLER}-01`;
  const now = new Date().toISOString();
  const call = { requestId: 'r', viewer, now, locale: 'EN', remainingMilliseconds: 5_000, traceparent };
  await handler({ query: '{ zones(first: 1) { nodes { id } } }', variables: {}, call });
  const trace = await collector.trace((span) => span.traceId === traceId && span.name === 'serve parks');
  const root = trace.find(({ name }) => name === 'serve parks');
  expect(root?.parentSpanId).toBe(CALLER);
  expect(trace.filter(({ parentSpanId }) => parentSpanId === root?.spanId).map(({ name }) => name)).toEqual([
    'DynamoDB Query',
  ]);
});
