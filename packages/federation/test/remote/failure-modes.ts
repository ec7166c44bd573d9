import { gzipSync } from 'node:zlib';
import { type Behaviour, json, text } from './partner.ts';

/** What no client may ever see. */
export const SECRET = 'password=hunter2';
/** What a healthy partner answers to `ENTITIES` for `TWO_PARKS`. */
export const GOOD = [
  { __typename: 'Park', name: 'one', staff: 1 },
  { __typename: 'Park', name: 'two', staff: 2 },
];
export const healthy = json({ data: { _entities: GOOD } });
const entities = (...found: unknown[]) => json({ data: { _entities: found } });

/** A body of many bytes, written as fast as it is read, until the reader is gone. */
export const flood =
  (chunk: Uint8Array, chunks: number, headers: Record<string, string> = {}): Behaviour =>
  async (response) => {
    response.on('error', () => {}).setMaxListeners(0);
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    for (let i = 0; i < chunks && !response.destroyed; i += 1) {
      if (!response.write(chunk)) await new Promise((next) => response.once('drain', next).once('close', next));
    }
    response.end();
  };

const drip: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
};

export const MB = 1_000_000;
export const bomb = gzipSync(Buffer.alloc(60 * MB, ' '));
const answer = (value: unknown) => Buffer.from(JSON.stringify(value));

/** The whole call fails, with this code. */
export const FAULTS: readonly (readonly [mode: string, code: string, behaviour: Behaviour])[] = [
  ['reset', 'SUBGRAPH_UNAVAILABLE', (response) => response.socket?.resetAndDestroy()],
  [
    'another protocol',
    'SUBGRAPH_UNAVAILABLE',
    (response) =>
      void response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  ],
  [
    'reset within the body',
    'SUBGRAPH_UNAVAILABLE',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":', () => response.socket?.resetAndDestroy());
    },
  ],
  [
    'closed within the body',
    'SUBGRAPH_UNAVAILABLE',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"data":', () => response.socket?.end());
    },
  ],
  ['hangs before the answer', 'DEADLINE_EXCEEDED', () => {}],
  [
    'drips headers',
    'DEADLINE_EXCEEDED',
    ({ socket }) => {
      socket?.write('HTTP/1.1 200 OK\r\nx: ');
      const timer = setInterval(() => socket?.write('x'), 20);
      socket?.once('close', () => clearInterval(timer));
    },
  ],
  [
    'hangs within the body',
    'DEADLINE_EXCEEDED',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":');
    },
  ],
  ['drips bytes', 'DEADLINE_EXCEEDED', drip],
  [
    'sends information for ever',
    'DEADLINE_EXCEEDED',
    (response) => {
      const timer = setInterval(() => response.writeProcessing(), 20);
      response.once('close', () => clearInterval(timer));
    },
  ],
  [
    'slow for one of two entities',
    'DEADLINE_EXCEEDED',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(`{"data":{"_entities":[${JSON.stringify(GOOD[0])},`);
    },
  ],
  ['500', 'SUBGRAPH_UNAVAILABLE', text(SECRET, {}, 500)],
  ['503', 'SUBGRAPH_UNAVAILABLE', text(SECRET, {}, 503)],
  ['401', 'SUBGRAPH_UNAVAILABLE', text(SECRET, {}, 401)],
  ['404', 'SUBGRAPH_INVALID_RESPONSE', text(SECRET, {}, 404)],
  ['204', 'SUBGRAPH_INVALID_RESPONSE', text('', {}, 204)],
  ['200 with HTML', 'SUBGRAPH_INVALID_RESPONSE', text(`<h1>${SECRET}</h1>`, { 'content-type': 'text/html' })],
  ['HTML that calls itself JSON', 'SUBGRAPH_INVALID_RESPONSE', text(`<h1>${SECRET}</h1>`)],
  ['no content type', 'SUBGRAPH_INVALID_RESPONSE', text('{}', { 'content-type': '' })],
  ['bad JSON', 'SUBGRAPH_INVALID_RESPONSE', text(`{"data": {"_entities": ["${SECRET}"`)],
  ['an empty body', 'SUBGRAPH_INVALID_RESPONSE', text('')],
  ['not UTF-8', 'SUBGRAPH_INVALID_RESPONSE', text(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
  ['not HTTP', 'SUBGRAPH_INVALID_RESPONSE', (response) => void response.socket?.end(`${SECRET}\r\n\r\n`)],
  [
    'headers without end',
    'SUBGRAPH_INVALID_RESPONSE',
    (response) => {
      response.socket?.on('error', () => {});
      response.socket?.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`);
    },
  ],
  ['null data', 'SUBGRAPH_INVALID_RESPONSE', json({ data: null })],
  ['null', 'SUBGRAPH_INVALID_RESPONSE', json(null)],
  ['empty object', 'SUBGRAPH_INVALID_RESPONSE', json({})],
  ['empty data', 'SUBGRAPH_INVALID_RESPONSE', json({ data: {} })],
  ['array', 'SUBGRAPH_INVALID_RESPONSE', json([{ data: { _entities: GOOD } }])],
  ['data is a list', 'SUBGRAPH_INVALID_RESPONSE', json({ data: GOOD })],
  ['errors are no list', 'SUBGRAPH_INVALID_RESPONSE', json({ data: { _entities: GOOD }, errors: SECRET })],
  ['null entities', 'SUBGRAPH_INVALID_RESPONSE', json({ data: { _entities: null } })],
  ['too few entities', 'SUBGRAPH_INVALID_RESPONSE', entities(GOOD[0])],
  ['too many entities', 'SUBGRAPH_INVALID_RESPONSE', entities(...GOOD, ...GOOD)],
  ['errors without data', 'SUBGRAPH_INVALID_RESPONSE', json({ errors: [{ message: SECRET }] })],
  [
    'data behind __proto__',
    'SUBGRAPH_INVALID_RESPONSE',
    text(`{"__proto__":${JSON.stringify({ data: { _entities: GOOD } })}}`),
  ],
  ['60 MB announced', 'PAYLOAD_TOO_LARGE', flood(Buffer.alloc(MB, ' '), 60, { 'content-length': `${60 * MB}` })],
  ['60 MB in chunks', 'PAYLOAD_TOO_LARGE', flood(Buffer.alloc(MB, ' '), 60)],
  ['gzip bomb', 'PAYLOAD_TOO_LARGE', text(bomb, { 'content-encoding': 'gzip' })],
  ['a gzip bomb twice', 'SUBGRAPH_INVALID_RESPONSE', text(gzipSync(bomb), { 'content-encoding': 'gzip, gzip' })],
  ['gzip that is none', 'SUBGRAPH_INVALID_RESPONSE', text('{}', { 'content-encoding': 'gzip' })],
  ['gzip cut off', 'SUBGRAPH_INVALID_RESPONSE', text(gzipSync('{}').subarray(0, -9), { 'content-encoding': 'gzip' })],
  ['brotli that is none', 'SUBGRAPH_INVALID_RESPONSE', text('not brotli at all', { 'content-encoding': 'br' })],
  ['20,000-deep lists', 'PAYLOAD_TOO_LARGE', text('['.repeat(20_000) + ']'.repeat(20_000))],
  ['20,000-deep objects', 'PAYLOAD_TOO_LARGE', text('{"a":'.repeat(20_000))],
  ['a million empty objects', 'PAYLOAD_TOO_LARGE', text(`[${'{},'.repeat(MB)}{}]`)],
];

const wrong = (...path: (string | number)[]) => ({ path, code: 'SUBGRAPH_INVALID_RESPONSE' });

/** The call's other parts are whole: what arrives, and the errors. */
export const PARTS: readonly (readonly [mode: string, behaviour: Behaviour, entities: unknown, errors: unknown[]])[] = [
  ['an entity is not found', entities(GOOD[0], null), [GOOD[0], null], []],
  [
    'wrong leaf type',
    entities({ ...GOOD[0], staff: '1' }, GOOD[1]),
    [{ ...GOOD[0], staff: null }, GOOD[1]],
    [wrong('_entities', 0, 'staff')],
  ],
  [
    'an object for a leaf',
    entities({ ...GOOD[0], name: { toString: SECRET } }, GOOD[1]),
    [{ ...GOOD[0], name: null }, GOOD[1]],
    [wrong('_entities', 0, 'name')],
  ],
  [
    'a leaf is left out',
    entities({ __typename: 'Park', name: 'one' }, GOOD[1]),
    [{ ...GOOD[0], staff: null }, GOOD[1]],
    [wrong('_entities', 0, 'staff')],
  ],
  [
    "another entity's __typename",
    entities({ ...GOOD[0], __typename: 'Zone' }, GOOD[1]),
    [null, GOOD[1]],
    [wrong('_entities', 0)],
  ],
  [
    'a __typename that is none',
    entities(GOOD[0], { ...GOOD[1], __typename: SECRET }),
    [GOOD[0], null],
    [wrong('_entities', 1)],
  ],
  [
    '__typename of a scalar',
    entities(GOOD[0], { ...GOOD[1], __typename: 'String' }),
    [GOOD[0], null],
    [wrong('_entities', 1)],
  ],
  ['no __typename', entities(GOOD[0], { name: 'two', staff: 2 }), [GOOD[0], null], [wrong('_entities', 1)]],
  ['an entity is a list', entities(GOOD[0], [GOOD[1]]), [GOOD[0], null], [wrong('_entities', 1)]],
  ['an entity is a text', entities(GOOD[0], SECRET), [GOOD[0], null], [wrong('_entities', 1)]],
  [
    "unrequested fields that overwrite another's",
    entities({ ...GOOD[0], id: 'park_9', area: '1', extra: SECRET }, GOOD[1]),
    GOOD,
    [],
  ],
  [
    '__proto__ keys',
    text(
      `{"data":{"__proto__":{"a":1},"_entities":[{"__proto__":{"staff":9,"x":"${SECRET}"},"constructor":{"prototype":{"x":1}},"__typename":"Park","name":"one","staff":1},${JSON.stringify(GOOD[1])}]}}`,
    ),
    GOOD,
    [],
  ],
  [
    'fields behind __proto__',
    text(
      `{"data":{"_entities":[{"__proto__":{"staff":9},"__typename":"Park","name":"one"},${JSON.stringify(GOOD[1])}]}}`,
    ),
    [{ ...GOOD[0], staff: null }, GOOD[1]],
    [wrong('_entities', 0, 'staff')],
  ],
  [
    'secrets in error text',
    json({
      data: { _entities: [GOOD[0], { ...GOOD[1], staff: null }] },
      errors: [
        { message: SECRET, path: ['_entities', 1, 'staff'], extensions: { code: SECRET, stacktrace: [SECRET] } },
      ],
      extensions: { trace: SECRET },
    }),
    [GOOD[0], { ...GOOD[1], staff: null }],
    [{ path: ['_entities', 1, 'staff'], code: 'INTERNAL_SERVER_ERROR' }],
  ],
  [
    'secrets in an error path',
    json({ data: { _entities: GOOD }, errors: [{ message: '', path: ['_entities', SECRET, SECRET] }, SECRET, null] }),
    GOOD,
    [
      { path: ['_entities'], code: 'INTERNAL_SERVER_ERROR' },
      { code: 'INTERNAL_SERVER_ERROR' },
      { code: 'INTERNAL_SERVER_ERROR' },
    ],
  ],
  [
    'an error with a code that clients know',
    json({
      data: { _entities: [null, GOOD[1]] },
      errors: [{ message: SECRET, path: ['_entities', 0], extensions: { code: 'FORBIDDEN' } }],
    }),
    [null, GOOD[1]],
    [{ path: ['_entities', 0], code: 'FORBIDDEN' }],
  ],
  [
    'an answer twice',
    ({ socket }) => {
      const body = JSON.stringify({ data: { _entities: GOOD } });
      const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
      socket?.write(answer + answer.replaceAll('one', 'two'));
    },
    GOOD,
    [],
  ],
  ['compressed', text(gzipSync(answer({ data: { _entities: GOOD } })), { 'content-encoding': 'gzip' }), GOOD, []],
];
