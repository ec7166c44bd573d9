import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createApiKey, endApiKey, rotateApiKey } from '../../src/auth/api-key-life.ts';
import { caseTokens } from '../../src/auth/case-token.ts';
import { configure } from '../../src/config.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { parkItem } from '../../src/storage/parks/items.ts';
import { holderToken } from '../fixtures/holder-token.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Who is asking reaches the subgraphs' stores: a cursor is of use to its caller, and to nobody else. */

const CASE_TOKEN_SECRET = 'a secret that only signs tokens of this test';
const ZONE = 'zone_baodi';

let system: TestSystem;
let dataDir: string;
let issuer: DevIssuer;
let handler: typeof import('../../src/handlers/gateway/gateway.ts').handler;

beforeAll(async () => {
  system = await startTestSystem();
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');
  configure({
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    caseTokenSecret: CASE_TOKEN_SECRET,
    oidcIssuers: [issuer.trusted],
  });
  ({ handler } = await import('../../src/handlers/gateway/gateway.ts'));
  const same = {
    name: { zh: '样例', ja: 'サンプル', en: 'Sample' },
    zoneId: ZONE,
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
  await system.stop();
  rmSync(dataDir, { recursive: true });
});

async function parks(credential: string | undefined, after: string | null) {
  const query = 'query ($after: String) { parks(first: 1, after: $after) { nodes { id } pageInfo { endCursor } } }';
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
    },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/graphql' } },
    body: JSON.stringify({ query, variables: { after } }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  const { data, errors = [] } = JSON.parse(body);
  return { ids: data?.parks?.nodes.map(({ id }: { id: string }) => id), end: data?.parks?.pageInfo.endCursor, errors };
}

test('a cursor is its caller’s: by a token, by a case’s token, by a zone’s keys', async () => {
  const table = system.table('credentials');
  const key = await createApiKey(table, { zone: ZONE, label: 'story', days: 1, now: new Date() });
  const next = await rotateApiKey(table, { zone: ZONE, days: 1, overlapDays: 1, now: new Date() });
  const caseToken = (digit: number) =>
    holderToken(system, caseTokens(CASE_TOKEN_SECRET), `case_01E3CX0000000000000000000${digit}`);
  const token = (kind: 'officer' | 'analyst', choice = {}) =>
    issuer.sign(bearerClaims(kind, choice, issuer.trusted), 60);
  const callers: Record<string, string | undefined> = {
    nobody: undefined,
    zone: key.text,
    case: await caseToken(1),
    anotherCase: await caseToken(2),
    officer: await token('officer', { agency: 'HRSS' }),
    officerElsewhere: await token('officer', { agency: 'PSB' }),
    analyst: await token('analyst'),
  };
  for (const [name, credential] of Object.entries(callers)) {
    const first = await parks(credential, null);
    expect([name, first.ids]).toEqual([name, ['park_a']]);
    expect((await parks(credential, first.end)).ids).toEqual(['park_b']);
    for (const [other, stranger] of Object.entries(callers)) {
      if (other === name) continue;
      const { errors } = await parks(stranger, first.end);
      expect([name, other, errors[0]?.extensions.code]).toEqual([name, other, 'INVALID_CURSOR']);
    }
  }
  // A rotation changes nothing of who the zone's system is.
  const { end } = await parks(key.text, null);
  expect((await parks(next.text, end)).ids).toEqual(['park_b']);
});

test('a key that is revoked before it was ever used lets nobody in', async () => {
  const table = system.table('credentials');
  const { text, facts } = await createApiKey(table, { zone: 'zone_teda', label: 'story', days: 1, now: new Date() });
  await endApiKey(table, { zone: 'zone_teda', key: facts.id, now: new Date() });
  expect((await parks(text, null)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
});
