import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaSubgraph, localSubgraph } from '@bridgehead/federation';
import { parse } from 'graphql';
import { subgraphAt } from '../../packages/federation/test/remote/asking.ts';
import { json, startPartner } from '../../packages/federation/test/remote/partner.ts';
import { selfSigned } from '../../packages/federation/test/remote/self-signed.ts';
import { localeFromHeader } from '../../src/domain/locale.ts';
import { ANONYMOUS, type Viewer } from '../../src/domain/viewer.ts';
import { invokeFunction } from '../../src/edge/invoke-function.ts';
import { remoteSchema } from '../../src/edge/partner-schema.ts';
import { CodedError } from '../../src/errors.ts';
import { log } from '../../src/log.ts';
import { contextOf } from '../../src/subgraph/context.ts';
import { toInvokePayload } from '../../src/subgraph/invoke-payload.ts';
import type { Call, Subgraph } from '../../src/subgraph/request.ts';
import { serveInvoke } from '../../src/subgraph/serve-invoke.ts';
import { createSubgraph } from '../../src/subgraph/subgraph.ts';
import { lambdaEndpoint, RawAnswer } from './lambda-endpoint.ts';

const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar DateTime
  type Query { call: Asked fault: Int echo(text: String): String park: Park }
  type Asked { viewer: String now: DateTime locale: String purpose: String left: Int }
  type Park @key(fields: "id") { id: ID! name: String! }`;

const subgraph = createSubgraph<null>({
  name: 'parks',
  sdl: SDL,
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
  context: (call) => ({ ...contextOf(call, null), log: { ...log, error: () => {} } }),
});

function asked(context: {
  viewer: { kind: string };
  request: { now: Date; locale: string; purpose: string | undefined; deadline: number };
}) {
  const { viewer, request } = context;
  const { now, locale, purpose, deadline } = request;
  return {
    now,
    locale,
    purpose,
    deadline,
    viewer: viewer.kind,
    left: Math.round((request.deadline - Date.now()) / 10_000),
  };
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

/** As a partner runs it, who knows of a request what its headers say, and gives itself so long and its own clock's time. */
const certificate = selfSigned('localhost');
const partner = await startPartner(async (response, question) => {
  const { headers, query, variables } = question;
  const result = await subgraph({
    document: parse(query),
    query,
    variables,
    call: {
      requestId: 'p-1',
      viewer: ANONYMOUS,
      now: new Date('2021-06-01T00:00:00.000Z'),
      locale: localeFromHeader(headers['accept-language']),
      deadline: Date.now() + 20_000,
      signal: AbortSignal.timeout(20_000),
    },
  });
  json(result)(response, question);
}, certificate);
afterAll(() => partner.stop());

const overHttps = subgraphAt(partner.url, {
  name: 'parks',
  schema: remoteSchema('parks', SDL),
  authorities: [certificate.cert],
}).subgraph;

const overLambda = (functionName: string) =>
  lambdaSubgraph({
    name: 'parks',
    invoke: invokeFunction(functionName, async () => endpoint.client),
    payloadOf: toInvokePayload,
  });

const APPLICANT: Viewer = { kind: 'applicant', person: 'person-7' };

function call(change: Partial<Call> = {}): Call {
  return {
    requestId: 'r-1',
    viewer: APPLICANT,
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

/** Over our own transports a subgraph is told all of a call, and what it says of a fault is for the client. */
const TRUSTED = {
  knows: {
    viewer: 'applicant',
    now: '2020-03-16T01:30:00.000Z',
    locale: 'JA',
    purpose: 'settlement',
    left: 6,
  },
  fault: { message: 'Later.', path: ['fault'], extensions: { code: 'THROTTLED', retryAfter: 1 } },
  entity: {},
};

/**
 * Another's subgraph is told the language alone, and of its faults only code and path go on: the words are ours. Its
 * entities are asked for their type as well, which is held against what was asked for.
 */
const FOREIGN = {
  knows: { viewer: 'anonymous', now: '2021-06-01T00:00:00.000Z', locale: 'JA', purpose: null, left: 2 },
  fault: {
    message: 'The subgraph "parks" has been asked too often.',
    path: ['fault'],
    extensions: { code: 'THROTTLED', subgraph: 'parks' },
  },
  entity: { __typename: 'Park' },
};

describe.each([
  { over: 'in process', transport: localSubgraph(async () => subgraph), ...TRUSTED },
  { over: 'by Lambda Invoke', transport: overLambda('parks'), ...TRUSTED },
  { over: 'by HTTPS', transport: overHttps, ...FOREIGN },
])('a subgraph $over', ({ transport, knows, fault, entity }) => {
  test('knows of who asks, when, in which language, why, and how long, what it is told', async () => {
    expect(asJson(await ask(transport, '{ call { viewer now locale purpose left } }'))).toEqual({
      data: { call: knows },
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
      data: { _entities: [{ ...entity, name: 'name of park_2' }, null, { ...entity, name: 'name of park_1' }] },
    });
  });

  test('reports a fault with its code and path beside the rest', async () => {
    expect(asJson(await ask(transport, '{ fault echo(text: "x") }'))).toEqual({
      data: { fault: null, echo: 'x' },
      errors: [fault],
    });
  });

  test('propagates a null', async () => {
    expect(asJson(await ask(transport, '{ park { id name } }'))).toMatchObject({
      data: { park: null },
      errors: [{ path: ['park', 'name'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
  });
});

test('nothing of the viewer, nor why they look, is sent by HTTPS', async () => {
  await ask(overHttps, '{ call { viewer } }');
  expect(partner.questions.length).toBeGreaterThan(0);
  const sent = JSON.stringify(partner.questions);
  for (const secret of ['person-7', 'applicant', 'settlement', 'r-1']) expect(sent).not.toContain(secret);
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

test.each(['crashes', 'html'])('a mutation by a function that %s has an unknown outcome', async (name) => {
  const fault = await ask(overLambda(name), 'mutation { rename }').catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { subgraph: 'parks' } });
});

test('a function that hangs is given up at the deadline', async () => {
  const brief = { deadline: Date.now() + 50, signal: AbortSignal.timeout(50) };
  await expect(ask(overLambda('hangs'), '{ echo }', {}, brief)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
});

/** Lambda's client, where the first calls are refused for too many at once. */
function throttling(times: number) {
  let left = times;
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException', $fault: 'client' });
  const send = (async (command: InvokeCommand) => {
    if (left-- > 0) throw throttled;
    return endpoint.client.send(command);
  }) as LambdaClient['send'];
  const invoke = invokeFunction('parks', async () => ({ send }));
  return lambdaSubgraph({ name: 'parks', invoke, payloadOf: toInvokePayload });
}

test('a throttled invocation never ran, so it is repeated, mutations too', async () => {
  await expect(ask(throttling(2), '{ echo }')).resolves.toHaveProperty('data');
  await expect(ask(throttling(4), 'mutation { rename }')).resolves.toHaveProperty('data');
  await expect(ask(throttling(5), '{ echo }')).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
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
  const transport = lambdaSubgraph({
    name: 'parks',
    invoke: invokeFunction('parks', async () => away.client),
    payloadOf: toInvokePayload,
  });
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
