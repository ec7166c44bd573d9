import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import type { CodedError } from '../../src/errors.ts';
import { REMOTE_LIMITS } from '../../src/transports/http.ts';
import { ask, ENTITIES, newCall, subgraphAt, TWO_PARKS } from './asking.ts';
import { json, type Partner, startPartner, text } from './partner.ts';

const PARK = '{ park(id: "park_1") { name } }';
const OPEN = 'mutation { open(id: "park_1") { name } }';
const healthy = json({ data: { park: { name: 'one' }, open: { name: 'one' } } });

let partner: Partner;
beforeEach(async () => {
  partner = await startPartner(healthy);
});
afterEach(() => partner.stop());

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (fault: CodedError) => fault.code,
  );

test('a partner gets the operation, the locale, the trace and the token, and nothing else', async () => {
  const { subgraph } = subgraphAt(partner.url, {
    serviceToken: { sign: async (audience) => `token-for-${audience}`, audience: 'https://bonded.example' },
  });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await ask(
    subgraph,
    PARK,
    {},
    newCall(5_000, { traceparent, viewer: 'v', purpose: 'an inspection', requestId: 'r-77' }),
  );
  const [question] = partner.questions;
  expect(question?.headers).toEqual({
    host: new URL(partner.url).host,
    connection: 'keep-alive',
    'content-type': 'application/json',
    'content-length': expect.any(String),
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'accept-encoding': 'gzip, br',
    'accept-language': 'ja',
    traceparent,
    authorization: 'Bearer token-for-https://bonded.example',
  });
  expect(question).toMatchObject({ query: expect.stringContaining('park(id: "park_1")'), variables: {} });
});

test('a traceparent that is none is not passed on', async () => {
  const { subgraph } = subgraphAt(partner.url);
  await ask(subgraph, PARK, {}, newCall(5_000, { traceparent: 'who: someone' }));
  expect(partner.questions[0]?.headers).not.toHaveProperty('traceparent');
});

test('a token that never comes ends with its time', async () => {
  const { subgraph } = subgraphAt(partner.url, {
    serviceToken: { sign: () => new Promise(() => {}), audience: 'https://bonded.example' },
  });
  expect(await codeOf(ask(subgraph, PARK, {}, newCall(200)))).toBe('DEADLINE_EXCEEDED');
  expect(partner.questions).toHaveLength(0);
});

test('reads share a kept connection, a mutation has one of its own', async () => {
  const { subgraph } = subgraphAt(partner.url);
  for (let i = 0; i < 3; i += 1) await ask(subgraph, PARK);
  expect(partner.connections).toHaveLength(1);
  await ask(subgraph, OPEN);
  expect(partner.connections).toHaveLength(2);
});

test('a connection that the partner closed in the meantime costs a read nothing', async () => {
  const { subgraph } = subgraphAt(partner.url);
  await ask(subgraph, PARK);
  partner.connections[0]?.destroy();
  expect(await ask(subgraph, PARK)).toEqual({ data: { park: { name: 'one' } } });
});

test('a compressed answer is read', async () => {
  const body = brotliCompressSync(JSON.stringify({ data: { park: { name: '东疆' } } }));
  partner.behave(
    text(body, { 'content-encoding': 'br', 'content-type': 'application/graphql-response+json; charset=utf-8' }),
  );
  expect(await ask(subgraphAt(partner.url).subgraph, PARK)).toEqual({ data: { park: { name: '东疆' } } });
});

test('a partial success is an answer', async () => {
  const said = JSON.stringify({ data: { park: null }, errors: [{ message: 'gone', path: ['park'] }] });
  partner.behave(text(said, { 'content-type': 'application/graphql-response+json' }, 294));
  expect(await ask(subgraphAt(partner.url).subgraph, PARK)).toMatchObject({
    data: { park: null },
    errors: [{ path: ['park'] }],
  });
});

test('a read is tried again after a passing fault', async () => {
  const { subgraph } = subgraphAt(partner.url);
  partner.behave((response, question) => {
    partner.behave(healthy);
    text('', {}, 503)(response, question);
  });
  expect(await ask(subgraph, PARK)).toEqual({ data: { park: { name: 'one' } } });
  expect(partner.questions).toHaveLength(2);
});

test.each([
  ['reset', (response) => response.socket?.resetAndDestroy()],
  ['503', text('', {}, 503)],
  ['an answer that is none', text('<h1>')],
  ['no answer', () => {}],
] satisfies [string, Parameters<Partner['behave']>[0]][])(
  'a mutation is never tried again, and its outcome is not known: %s',
  async (_, behaviour) => {
    const { subgraph } = subgraphAt(partner.url);
    partner.behave(behaviour);
    expect(await codeOf(ask(subgraph, OPEN, {}, newCall(300)))).toBe('OUTCOME_UNKNOWN');
    expect(partner.questions).toHaveLength(1);
  },
);

test('a mutation that never left has a known outcome', async () => {
  const { subgraph } = subgraphAt(partner.url);
  await partner.stop();
  expect(await codeOf(ask(subgraph, OPEN))).toBe('SUBGRAPH_UNAVAILABLE');
});

test('retries are a tenth of all requests, and ten', async () => {
  const breaker = { ...REMOTE_LIMITS.breaker, failures: 1_000 };
  const { subgraph } = subgraphAt(partner.url, { limits: { breaker } });
  partner.behave(text('', {}, 503));
  for (let i = 0; i < 40; i += 1) await codeOf(ask(subgraph, PARK));
  expect(partner.questions).toHaveLength(40 + 10 + 3);
});

test('a client that is gone ends its request, and says nothing about the partner', async () => {
  const logged: string[] = [];
  const add = (message: string) => void logged.push(message);
  const { subgraph } = subgraphAt(partner.url, {
    limits: { breaker: { ...REMOTE_LIMITS.breaker, failures: 1 } },
    log: { warn: add, error: add },
  });
  const client = new AbortController();
  const closed = new Promise<void>((resolve) => {
    partner.behave((response) => {
      response.once('close', resolve);
      client.abort();
    });
  });
  expect(await codeOf(ask(subgraph, PARK, {}, newCall(10_000, { signal: client.signal })))).toBe('DEADLINE_EXCEEDED');
  await closed;
  expect(logged).toEqual([]);
  partner.behave(healthy);
  expect(await codeOf(ask(subgraph, PARK))).toBe('answered');
});

test('so many at once, so many waiting, and no more', async () => {
  const { subgraph } = subgraphAt(partner.url, { limits: { concurrency: 2, waiting: 3 } });
  let atOnce = 0;
  let most = 0;
  partner.behave(async (response, question) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await sleep(20);
    atOnce -= 1;
    healthy(response, question);
  });
  const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(ask(subgraph, PARK))));
  expect(codes.filter((code) => code === 'answered')).toHaveLength(5);
  expect(codes.filter((code) => code === 'SUBGRAPH_UNAVAILABLE')).toHaveLength(3);
  expect(most).toBe(2);
  expect(await codeOf(ask(subgraph, PARK))).toBe('answered');
});

test('one that waited till its deadline leaves the queue', async () => {
  const { subgraph } = subgraphAt(partner.url, { limits: { concurrency: 1, waiting: 1 } });
  partner.behave(() => {});
  const first = codeOf(ask(subgraph, PARK, {}, newCall(600)));
  expect(await codeOf(ask(subgraph, PARK, {}, newCall(100)))).toBe('DEADLINE_EXCEEDED');
  expect(await first).toBe('DEADLINE_EXCEEDED');
  expect(partner.questions).toHaveLength(1);
  partner.behave(healthy);
  expect(await codeOf(ask(subgraph, PARK))).toBe('answered');
});

test('after failures it is left alone for a while, then probed once', async () => {
  const breaker = { ...REMOTE_LIMITS.breaker, failures: 3, openMilliseconds: 1_000 };
  const { subgraph, sources } = subgraphAt(partner.url, { limits: { breaker } });
  partner.behave(text('', {}, 500));
  for (let i = 0; i < 6; i += 1) expect(await codeOf(ask(subgraph, PARK))).toBe('SUBGRAPH_UNAVAILABLE');
  expect(partner.questions).toHaveLength(3);
  const call = newCall();
  await codeOf(ask(subgraph, PARK, {}, call));
  expect(sources.of(call)).toEqual([{ subgraph: 'bonded', status: 'DOWN', asOf: null }]);

  await sleep(1_050);
  partner.behave(healthy);
  const codes = await Promise.all([ask(subgraph, PARK), ask(subgraph, PARK)].map(codeOf));
  expect(codes.sort()).toEqual(['SUBGRAPH_UNAVAILABLE', 'answered']);
  expect(partner.questions).toHaveLength(4);
  expect(await codeOf(ask(subgraph, PARK))).toBe('answered');
});

test('what is asked late and not answered does not speak against the partner', async () => {
  const { subgraph } = subgraphAt(partner.url, { limits: { breaker: { ...REMOTE_LIMITS.breaker, failures: 1 } } });
  partner.behave(() => {});
  const late = newCall(100, { now: new Date(Date.now() - 2_000) });
  expect(await codeOf(ask(subgraph, PARK, {}, late))).toBe('DEADLINE_EXCEEDED');
  partner.behave(healthy);
  expect(await codeOf(ask(subgraph, PARK))).toBe('answered');

  partner.behave(() => {});
  expect(await codeOf(ask(subgraph, PARK, {}, newCall(100)))).toBe('DEADLINE_EXCEEDED');
  expect(await codeOf(ask(subgraph, PARK))).toBe('SUBGRAPH_UNAVAILABLE');
});

test('after the deadline nothing is asked', async () => {
  const { subgraph } = subgraphAt(partner.url);
  const over = newCall(1, { deadline: Date.now() - 1 });
  expect(await codeOf(ask(subgraph, PARK, {}, over))).toBe('DEADLINE_EXCEEDED');
  expect(partner.connections).toHaveLength(0);
});

test('a name that is never resolved ends with its time', async () => {
  const { subgraph } = subgraphAt('https://bonded.example/', { resolve: () => new Promise(() => {}) });
  expect(await codeOf(ask(subgraph, PARK, {}, newCall(100)))).toBe('DEADLINE_EXCEEDED');
});

test('a name that has no address is not available', async () => {
  const { subgraph } = subgraphAt('https://bonded.example/', {
    resolve: () => Promise.reject(Object.assign(new Error('queryA ENOTFOUND bonded.example'), { code: 'ENOTFOUND' })),
  });
  expect(await codeOf(ask(subgraph, PARK))).toBe('SUBGRAPH_UNAVAILABLE');
});

test('an answer of a type that nobody asked for is told from one that was', async () => {
  partner.behave(json({ data: { place: { __typename: 'Zone', id: 'zone_1', name: 'z', staff: 3, parks: [{}] } } }));
  const { subgraph } = subgraphAt(partner.url);
  const result = await ask(subgraph, '{ place { id ... on Park { staff } ... on Zone { title: name } } }');
  expect(result).toMatchObject({ data: { place: { __typename: 'Zone', id: 'zone_1', title: null } } });
  expect(result.data?.place).not.toHaveProperty('staff');
  expect(result.errors).toMatchObject([{ path: ['place', 'title'] }]);
  expect(partner.questions[0]?.query).toContain('__typename');
});

test('an object that calls itself by another name is not taken', async () => {
  const { subgraph } = subgraphAt(partner.url);
  const query = '{ park(id: "1") { __typename name } }';
  partner.behave(json({ data: { park: { __typename: 'Park', name: 'one' } } }));
  expect(await ask(subgraph, query)).toEqual({ data: { park: { __typename: 'Park', name: 'one' } } });
  for (const other of ['Zone', 'Place', null, { a: 1 }, undefined]) {
    partner.behave(json({ data: { park: { __typename: other, name: 'one' } } }));
    expect(await ask(subgraph, query)).toMatchObject({ data: { park: null }, errors: [{ path: ['park'] }] });
  }
});

test('what is skipped is not taken, whatever the partner sends', async () => {
  partner.behave(json({ data: { park: { id: 'park_1', name: 'one', staff: 4 } } }));
  const { subgraph } = subgraphAt(partner.url);
  const query =
    'query ($yes: Boolean!, $no: Boolean = false) { park(id: "1") { id name @skip(if: $yes) staff @include(if: $no) } }';
  expect(await ask(subgraph, query, { yes: true })).toEqual({ data: { park: { id: 'park_1' } } });
  expect(await ask(subgraph, query, { yes: false, no: true })).toEqual({
    data: { park: { id: 'park_1', name: 'one', staff: 4 } },
  });
});

test('ids come as text, our scalars in their one form', async () => {
  partner.behave(
    json({
      data: { park: { id: 7, area: '10.30', openedOn: '2016-11-22', kind: 'OPEN', share: 1, grid: [[1], null] } },
    }),
  );
  const query = '{ park(id: "7") { id area openedOn kind share grid } }';
  const { subgraph } = subgraphAt(partner.url);
  expect(await ask(subgraph, query)).toEqual({
    data: { park: { id: '7', area: '10.30', openedOn: '2016-11-22', kind: 'OPEN', share: 1, grid: [[1], null] } },
  });
  partner.behave(
    json({ data: { park: { id: 1.5, area: 10.3, openedOn: '2016-02-30', kind: 'LOST', share: '1', grid: [[null]] } } }),
  );
  const { data, errors } = await ask(subgraph, query);
  expect(data).toEqual({ park: { id: null, area: null, openedOn: null, kind: null, share: null, grid: [[null]] } });
  expect(errors?.map(({ path }) => path?.join('.'))).toEqual(
    ['id', 'area', 'openedOn', 'kind', 'share', 'grid.0.0'].map((field) => `park.${field}`),
  );
});

test('half of a surrogate pair is no text', async () => {
  partner.behave(text('{"data":{"park":{"name":"\\ud83d"}}}'));
  expect(await ask(subgraphAt(partner.url).subgraph, PARK)).toMatchObject({
    data: { park: { name: null } },
    errors: [{ path: ['park', 'name'] }],
  });
});

test('a null that must not be is an error of ours, unless the partner said why', async () => {
  const { subgraph } = subgraphAt(partner.url);
  partner.behave(json({ data: { park: { must: null } } }));
  expect(await ask(subgraph, '{ park(id: "1") { must } }')).toMatchObject({
    data: { park: { must: null } },
    errors: [{ path: ['park', 'must'], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: 'bonded' } }],
  });
  partner.behave(
    json({
      data: { park: null },
      errors: [{ message: 'x', path: ['park', 'must'], extensions: { code: 'FORBIDDEN' } }],
    }),
  );
  const { errors } = await ask(subgraph, '{ park(id: "1") { must } }');
  expect(errors).toEqual([
    {
      message: 'The subgraph "bonded" does not give this away.',
      path: ['park', 'must'],
      extensions: { code: 'FORBIDDEN', subgraph: 'bonded' },
    },
  ]);
});

test('errors are told up to a number', async () => {
  const many = Array.from({ length: 1_000 }, () => ({ __typename: 'Park', name: 5, staff: '5' }));
  partner.behave(json({ data: { _entities: many }, errors: many.map(() => ({ message: 'x' })) }));
  const representations = many.map((_, i) => ({ __typename: 'Park', id: `park_${i}` }));
  const { errors = [] } = await ask(subgraphAt(partner.url).subgraph, ENTITIES, { representations });
  expect(errors).toHaveLength(202);
  expect(errors[100]?.message).toBe('The subgraph "bonded" had 900 more errors in this answer.');
  expect(errors[201]?.message).toBe('The subgraph "bonded" had 1900 more errors in this answer.');
});

test('several entity fields of one operation are each held to their own representations', async () => {
  const query = `query ($a: [_Any!]!, $b: [_Any!]!) {
    _e0: _entities(representations: $a) { ... on Park { name } }
    _e1: _entities(representations: $b) { ... on Zone { name } }
  }`;
  const variables = { a: TWO_PARKS.representations, b: [{ __typename: 'Zone', id: 'zone_1' }] };
  const park = { __typename: 'Park', name: 'one' };
  const zone = { __typename: 'Zone', name: 'z' };
  const { subgraph } = subgraphAt(partner.url);
  partner.behave(json({ data: { _e0: [park, null], _e1: [zone] } }));
  expect(await ask(subgraph, query, variables)).toEqual({ data: { _e0: [park, null], _e1: [zone] } });
  partner.behave(json({ data: { _e0: [park, zone], _e1: [park] } }));
  expect((await ask(subgraph, query, variables)).data).toEqual({ _e0: [park, null], _e1: [null] });
});
