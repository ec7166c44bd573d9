import { parse } from 'graphql';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import { CodedError } from '../../src/errors.ts';
import { lambdaSubgraph } from '../../src/gateway/transports/lambda.ts';
import { localSubgraph } from '../../src/gateway/transports/local.ts';
import { log } from '../../src/log.ts';
import type { Call, Subgraph } from '../../src/subgraph/request.ts';
import { serveInvoke } from '../../src/subgraph/serve-invoke.ts';
import { createSubgraph } from '../../src/subgraph/subgraph.ts';
import { lambdaEndpoint, RawAnswer } from './lambda-endpoint.ts';

const subgraph = createSubgraph<null>({
  name: 'parks',
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    scalar DateTime
    type Query { call: Asked fault: Int echo(text: String): String park: Park }
    type Asked { viewer: String now: DateTime locale: String purpose: String left: Int }
    type Park @key(fields: "id") { id: ID! name: String! }`,
  resolvers: {
    Query: {
      call: (_: unknown, __: unknown, { viewer, request }: Parameters<typeof asked>[0]) => asked({ viewer, request }),
      fault: () => {
        throw new CodedError('THROTTLED', 'Later.', { details: { retryAfter: 1 } });
      },
      echo: (_: unknown, { text }: { text: string }) => text,
      park: () => ({ id: 'park_1', name: null }),
    },
  },
  references: {
    Park: async (representations) =>
      representations.map(({ id }) => (id === 'park_0' ? null : { id, name: `name of ${id}` })),
  },
  context: ({ viewer, now, locale, deadline, purpose }) => ({
    viewer,
    store: null,
    request: { now, locale, deadline, purpose },
    log: { ...log, error: () => {} },
  }),
});

function asked(context: {
  viewer: { kind: string };
  request: { now: Date; locale: string; purpose: string | undefined; deadline: number };
}) {
  const { viewer, request } = context;
  return { ...request, viewer: viewer.kind, left: Math.round((request.deadline - Date.now()) / 10_000) };
}

const endpoint = await lambdaEndpoint({
  parks: serveInvoke(subgraph),
  crashes: async () => {
    throw new TypeError('a secret of the inside');
  },
  tooLarge: async () => new RawAnswer('{"errorType":"Function.ResponseSizeTooLarge"}', true),
  html: async () => new RawAnswer('<html></html>'),
  list: async () => [],
  hangs: () => new Promise(() => {}),
});
afterAll(() => endpoint.close());

const overLambda = (functionName: string) =>
  lambdaSubgraph({ name: 'parks', functionName, client: async () => endpoint.client });

function call(change: Partial<Call> = {}): Call {
  return {
    requestId: 'r-1',
    viewer: ANONYMOUS,
    now: new Date('2020-03-16T01:30:00.000Z'),
    locale: 'JA',
    deadline: Date.now() + 60_000,
    signal: AbortSignal.timeout(60_000),
    purpose: 'settlement',
    ...change,
  };
}

function ask(transport: Subgraph, query: string, variables = {}, change: Partial<Call> = {}) {
  return transport({ document: parse(query), query, variables, call: call(change) });
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each([
  ['in process', localSubgraph(async () => subgraph)],
  ['by Lambda Invoke', overLambda('parks')],
])('a subgraph %s', (_, transport) => {
  test('knows who asks, when, in which language, why, and how long', async () => {
    expect(asJson(await ask(transport, '{ call { viewer now locale purpose left } }'))).toEqual({
      data: {
        call: { viewer: 'anonymous', now: '2020-03-16T01:30:00.000Z', locale: 'JA', purpose: 'settlement', left: 6 },
      },
    });
  });

  test('answers with variables, and with text of any script', async () => {
    const text = '滨海-中关村 \u0000 "浜海"';
    expect(asJson(await ask(transport, 'query ($t: String) { echo(text: $t) }', { t: text }))).toEqual({
      data: { echo: text },
    });
  });

  test('answers entities in order', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Park { name } } }';
    const r = ['park_2', 'park_0', 'park_1'].map((id) => ({ __typename: 'Park', id }));
    expect(asJson(await ask(transport, query, { r }))).toEqual({
      data: { _entities: [{ name: 'name of park_2' }, null, { name: 'name of park_1' }] },
    });
  });

  test('reports a fault with its code and path beside the rest', async () => {
    expect(asJson(await ask(transport, '{ fault echo(text: "x") }'))).toEqual({
      data: { fault: null, echo: 'x' },
      errors: [{ message: 'Later.', path: ['fault'], extensions: { code: 'THROTTLED', retryAfter: 1 } }],
    });
  });

  test('propagates a null', async () => {
    expect(asJson(await ask(transport, '{ park { id name } }'))).toMatchObject({
      data: { park: null },
      errors: [{ path: ['park', 'name'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
  });
});

test.each([
  ['crashes', 'SUBGRAPH_UNAVAILABLE'],
  ['tooLarge', 'PAYLOAD_TOO_LARGE'],
  ['html', 'SUBGRAPH_INVALID_RESPONSE'],
  ['list', 'SUBGRAPH_INVALID_RESPONSE'],
  ['unknown', 'SUBGRAPH_INVALID_RESPONSE'],
])('a function that %s is a %s that names the subgraph and tells nothing', async (name, code) => {
  const fault = await ask(overLambda(name), '{ echo }').catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(CodedError);
  expect(fault).toMatchObject({ code, details: { subgraph: 'parks' }, message: expect.not.stringContaining('secret') });
});

test('a function that hangs is given up at the deadline', async () => {
  const brief = { deadline: Date.now() + 50, signal: AbortSignal.timeout(50) };
  await expect(ask(overLambda('hangs'), '{ echo }', {}, brief)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
});

test('a payload that Lambda would not take is not sent', async () => {
  const text = 'x'.repeat(6 * 1024 * 1024);
  await expect(ask(overLambda('parks'), 'query ($t: String) { echo(text: $t) }', { t: text })).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
  });
});

test('an unreachable endpoint is a subgraph that is not available', async () => {
  const away = await lambdaEndpoint({});
  await away.close();
  const transport = lambdaSubgraph({ name: 'parks', functionName: 'parks', client: async () => away.client });
  await expect(ask(transport, '{ echo }')).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
});

test('what is no subgraph request is refused', async () => {
  const serve = serveInvoke(subgraph);
  await expect(serve({ query: '{ echo }' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: 'The payload is not a subgraph request: variables, call.',
  });
});

test('a subgraph in process is loaded once, and again only where that failed', async () => {
  let loads = 0;
  const transport = localSubgraph(async () => {
    loads += 1;
    if (loads === 1) throw new CodedError('CONFIGURATION', 'Not yet.');
    return subgraph;
  });
  await expect(ask(transport, '{ echo }')).rejects.toThrow('Not yet.');
  await ask(transport, '{ echo }');
  await ask(transport, '{ echo }');
  expect(loads).toBe(2);
});
