import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import type { Random } from '../../src/local/demo-data/random.ts';
import { everNew, HOSTILE_DOCUMENTS } from './documents.ts';

export interface HostileRequest extends Sent {
  /** Whose token it has; nobody's where it is null. */
  readonly by: TokenKind | null;
}

interface Sent {
  /** What is tried, for the table. */
  readonly family: string;
  readonly method: string;
  /** What follows the `?`. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Some may ask for cases, some for reports, some for neither. */
const SENDERS = [null, null, 'applicant', 'officer', 'clerk', 'partner'] as const;

/** Operations that are answered: what is mutated starts from one of them. */
const HONEST = [
  {
    query: 'query ($code: String!) { park(code: $code) { id name zone { id name } } }',
    variables: { code: 'binhai-zhongguancun' },
  },
  {
    query:
      '{ parks(first: 3) { nodes { id enterprises(first: 2) { totalCount nodes { id name } } } pageInfo { endCursor } } }',
  },
  {
    query: 'query A($ids: [ID!]!) { nodes(ids: $ids) { id __typename } } query B { __typename }',
    operationName: 'A',
    variables: { ids: ['park_a'] },
  },
  { query: '{ case(receiptNumber: "BHZ-000001") { id state } }' },
  {
    query: 'mutation ($input: ReportOperationsInput!) { reportOperations(input: $input) { userErrors { code } } }',
    variables: { input: { idempotencyKey: 'k', reports: [] } },
  },
];

const json = { 'content-type': 'application/json' };
const post = (family: string, body: string | Buffer, headers: Readonly<Record<string, string>> = json): Sent => ({
  family,
  method: 'POST',
  search: '',
  headers,
  body: Buffer.from(body),
});
const honest = (random: Random) => JSON.stringify(random.pick(HONEST));

const FAMILIES: readonly ((random: Random) => Sent)[] = [
  (random) => post('honest', honest(random)),
  (random) => post('mutated body', mutated(random, Buffer.from(honest(random)))),
  (random) => post('random bytes', randomBytes(random, random.integer(0, 4_000))),
  (random) => post('cut body', honest(random).slice(0, random.integer(0, 80))),
  (random) => post('batch', `[${Array(random.integer(0, 300)).fill(honest(random)).join(',')}]`),
  (random) => post('deep JSON', deepJson(random)),
  (random) => post('huge variables', hugeVariables(random)),
  (random) => post('odd JSON', oddJson(random)),
  (random) =>
    post(
      'null bytes',
      honest(random).replaceAll(random.pick([' ', '"', 'a', '{']), (found) => `${found}\u0000`),
    ),
  (random) => post('content type', honest(random), { 'content-type': contentType(random) }),
  (random) => encoded(random),
  (random) => charset(random),
  (random) => ({ ...post('headers', honest(random), { ...json, ...oddHeaders(random) }) }),
  (random) => ({
    ...post('method', honest(random)),
    method: random.pick(['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']),
  }),
  (random) => byUrl(random),
  (random) => post('persisted', persisted(random)),
  (random) => bomb(random),
  (random) => bomb(random),
  (random) => bomb(random),
];

/** The planner works for up to a quarter of a second at each of these: few of them are as telling as many. */
const SLOW: ReadonlySet<string> = new Set(['planner staller', 'one key under two types']);

export function hostileRequest(random: Random): HostileRequest {
  return { by: random.pick(SENDERS), ...random.pick(FAMILIES)(random) };
}

/** One of those that fill what is kept of documents. */
export function filling(random: Random): HostileRequest {
  return { by: null, ...post('ever new', JSON.stringify({ query: everNew(random) })) };
}

function bomb(random: Random): Sent {
  const names = Object.keys(HOSTILE_DOCUMENTS);
  let name = random.pick(names);
  if (SLOW.has(name) && random.chance(0.5)) name = 'aliases';
  const query = HOSTILE_DOCUMENTS[name]?.(random) ?? '';
  const body = random.chance(0.1) ? mutated(random, Buffer.from(JSON.stringify({ query }))) : JSON.stringify({ query });
  return post(name, body);
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(0, 255)));
}

function mutated(random: Random, bytes: Buffer): Buffer {
  let result = bytes;
  for (let left = random.integer(1, 6); left > 0; left--) {
    const at = random.integer(0, result.length);
    const [before, after] = [result.subarray(0, at), result.subarray(at)];
    const changed = [
      () => [before, randomBytes(random, random.integer(1, 8)), after],
      () => [before, after.subarray(random.integer(0, 20))],
      () => [before, before.subarray(-20), after],
      () => [
        before,
        Buffer.from(random.pick(['"', '{', '}', '[', '\\', '\\u0000', '\u0000', '\ufeff', '#', '...'])),
        after,
      ],
    ];
    result = Buffer.concat(random.pick(changed)());
  }
  return result;
}

function deepJson(random: Random): string {
  const depth = random.integer(10, 60_000);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const);
  const deep = `${open.repeat(depth)}0${random.chance(0.8) ? close.repeat(depth) : ''}`;
  return random.pick([
    deep,
    `{"query":"{__typename}","variables":{"a":${deep}}}`,
    `{"query":${deep}}`,
    `{"query":"{__typename}","extensions":{"a":${deep}}}`,
  ]);
}

function hugeVariables(random: Random): string {
  const { query } = random.pick(HONEST);
  const huge = random.pick([
    () => ({ code: 'x'.repeat(random.integer(1, 900_000)) }),
    () => ({ ids: Array(random.integer(1, 60_000)).fill('park_a') }),
    () => ({ input: { reports: Array(random.integer(1, 9_000)).fill({ enterprise: null }) } }),
    () => Object.fromEntries(Array.from({ length: random.integer(1, 20_000) }, (_, i) => [`v${i}`, i])),
    () => ({ code: random.pick([null, 1e308, -0, true, [], {}, '\u0000', '\ud800']) }),
  ])();
  return JSON.stringify({ query, variables: huge });
}

function oddJson(random: Random): string {
  return random.pick([
    '{"query":"{__typename}","query":"{a}"}',
    '{"__proto__":{"query":"{__typename}"}}',
    '{"query":"{__typename}","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    '{"query":"{__typename}","variables":{"__proto__":{"polluted":true}}}',
    '{"query":{"kind":"Document","definitions":[]}}',
    '{"query":"{__typename}","operationName":{}}',
    '{"query":"{__typename}","operationName":"__proto__"}',
    '{"query":"{__typename}","operationName":""}',
    '{"query":"{__typename}","variables":"{}"}',
    '{"query":["{__typename}"]}',
    '{"query":""}',
    '{"query":null}',
    '{}',
    'null',
    'true',
    '1e999',
    '"{__typename}"',
    '\ufeff{"query":"{__typename}"}',
    "{'query':'{__typename}'}",
    '{"query":"{__typename}",}',
    '{"query":"\\ud800"}',
    'NaN',
  ]);
}

function contentType(random: Random): string {
  return random.pick([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/json;charset=utf-7',
    'application/json; charset="utf-16"',
    'application/json, text/plain',
    'application/JSON ; CHARSET=UTF-8',
    ';;;',
    'a'.repeat(4_000),
  ]);
}

function encoded(random: Random): Sent {
  const zeros = Buffer.alloc(random.integer(1, 3_000_000), 0x20);
  const plain = Buffer.concat([zeros, Buffer.from(honest(random))]);
  const [encoding, body] = random.pick([
    ['gzip', () => gzipSync(plain, { level: 1 })],
    ['br', () => brotliCompressSync(plain.subarray(-50_000), { params: {} })],
    ['deflate', () => deflateSync(plain, { level: 1 })],
    ['gzip, gzip', () => gzipSync(gzipSync(plain, { level: 1 }))],
    ['zstd', () => randomBytes(random, 200)],
    ['identity', () => Buffer.from(honest(random))],
    ['GZIP', () => randomBytes(random, 200)],
  ] as const);
  return post('compressed', body(), { ...json, 'content-encoding': encoding });
}

function charset(random: Random): Sent {
  const [name, encoding] = random.pick([
    ['utf-16le', 'utf16le'],
    ['iso-8859-1', 'latin1'],
    ['utf-8', 'utf16le'],
    ['utf-8', 'latin1'],
  ] as const);
  const body = Buffer.from(JSON.stringify({ query: '{ park(code: "园区é") { id } }' }), encoding);
  return post('charset', body, { 'content-type': `application/json; charset=${name}` });
}

function oddHeaders(random: Random): Record<string, string> {
  return random.pick([
    {
      accept: random.pick([
        'text/html',
        '*/*;q=0',
        'application/*',
        ',,,;;q=',
        'a'.repeat(8_000),
        'application/json;q=NaN',
        'multipart/mixed',
      ]),
    },
    { 'accept-encoding': random.pick(['br;q=abc', '*', 'gzip;q=-1', ','.repeat(5_000), 'identity;q=0, *;q=0']) },
    { 'accept-language': random.pick(['zh-'.repeat(3_000), '*;q=9', ';;', 'x-klingon', '\u00ff']) },
    { 'if-none-match': random.pick(['*', '"', `"${'a'.repeat(8_000)}"`, 'W/']) },
    { traceparent: random.pick(['00-0-0-0', 'x'.repeat(8_000)]) },
    { origin: random.pick(['null', '*', 'https://evil.example', 'file://']) },
    { 'x-http-method-override': 'DELETE', 'x-forwarded-host': 'evil.example', 'x-original-url': '/admin' },
    { cookie: `${'a=b; '.repeat(1_000)}` },
    { expect: '100-continue' },
  ]);
}

function byUrl(random: Random): Sent {
  const search = random.pick([
    () => new URLSearchParams({ query: random.pick(HONEST).query }).toString(),
    () => `query=${encodeURIComponent('mutation { __typename }')}`,
    () => 'query=%7B__typename%7D&query=%7Ba%7D',
    () => 'query=%7B__typename%7D&operationName=&variables=&extensions=',
    () => `query=${encodeURIComponent('mutation { __typename }')}&operationName=`,
    () => 'query=%E0%A4%A',
    () => 'query=%00&variables=%00',
    () => `query=%7B__typename%7D&variables=${encodeURIComponent(deepJson(random).slice(0, 8_000))}`,
    () => `${'a=b&'.repeat(random.integer(1, 2_000))}`,
    () => 'extensions=%7B%22persistedQuery%22%3A%7B%22sha256Hash%22%3A%5B%5D%7D%7D',
    () => '__proto__=a&constructor=b',
    () => '',
  ])();
  const guard: Record<string, string> = random.chance(0.7) ? { 'apollo-require-preflight': '1' } : {};
  return { family: 'URL', method: 'GET', search, headers: guard, body: Buffer.alloc(0) };
}

function persisted(random: Random): string {
  return JSON.stringify(
    random.pick<object>([
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
      { extensions: { persistedQuery: { version: 1, sha256Hash: { $ne: null } } } },
      { extensions: { persistedQuery: null } },
      { documentId: 'sha256:__proto__' },
      { id: '__proto__' },
      { id: ['a'] },
      { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    ]),
  );
}
