import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parse } from 'yaml';
import { z } from 'zod';
import { hashCaseSecret, newCaseSecret } from '../../src/auth/case-secret.ts';
import { MAX_NETWORK_FAILURES } from '../../src/auth/sign-in-memory.ts';
import { configure } from '../../src/config.ts';
import { type LogFields, log } from '../../src/log.ts';
import { caseSecretItem } from '../../src/storage/credentials/items.ts';
import { untaggedReceiptsItems } from '../../src/storage/credentials/untagged-receipts.ts';
import { CURSOR_SECRET, startTestSystem, type TestSystem } from '../harness.ts';
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.ts';

/**
 * One address tries 500 wrong secrets a second, through the limits that the stage declares and the function itself, by a
 * clock of the test's own: phones elsewhere, and behind the same address, still sign in.
 */

const SECONDS = 6;
const WRONG_A_SECOND = 500;
const ATTACKER = '198.51.100.7';
const ELSEWHERE = 200;
const BEHIND = 100;
const START = Date.parse('2026-03-02T01:00:00.000Z');

interface Phone {
  readonly address: string;
  readonly receiptNumber: string;
  readonly secret: string;
}

let system: TestSystem;
let proxy: RecordingProxy;
let now = START;
let handler: ReturnType<typeof import('../../src/handlers/http/case-holder.ts').caseHolderHandler>;
let lines = 0;
let told = 0;

beforeAll(async () => {
  system = await startTestSystem();
  proxy = await startRecordingProxy(system.endpoint);
  const caseTokenSecret = 'a secret that only signs tokens of this test';
  configure({ dynamodbEndpoint: proxy.endpoint, caseTokenSecret, cursorSecret: CURSOR_SECRET });
  const { caseHolderHandler } = await import('../../src/handlers/http/case-holder.ts');
  handler = caseHolderHandler(() => now);
  mock.method(log, 'warn', (_: string, fields: LogFields = {}) => {
    lines += 1;
    told += Number(fields.SecurityEvents ?? 0);
  });
});
afterAll(async () => {
  mock.restoreAll();
  await proxy.stop();
  await system.stop();
});

const throttle = z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() });
const resources = z.object({
  extensions: z.object({
    HttpApiStage: z.object({
      Properties: z.object({
        DefaultRouteSettings: throttle,
        RouteSettings: z.record(z.string(), throttle).default({}),
      }),
    }),
  }),
});
const service = z
  .object({ resources: z.array(z.unknown()) })
  .parse(parse(readFileSync('serverless.yml', 'utf8'), { merge: true }));
// The others name files.
const declared = resources.parse(service.resources.find((each) => typeof each === 'object')).extensions.HttpApiStage
  .Properties;

/** The stage's throttle of the route: a token bucket that all callers share. */
function stage() {
  const settings = declared.RouteSettings['POST /case-holder/token'] ?? declared.DefaultRouteSettings;
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings;
  let tokens = burst;
  let at = now;
  return () => {
    tokens = Math.min(burst, tokens + ((now - at) / 1_000) * rate);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

async function post({ address, ...body }: Phone): Promise<number> {
  const event = {
    rawPath: '/case-holder/token',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/case-holder/token', sourceIp: address } },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  return (await handler(event, { getRemainingTimeInMillis: () => 10_000 })).statusCode ?? 0;
}

/** Phones with a right secret: of before, and with a tag. */
async function phonesAt(addressOf: (i: number) => string, count: number, name: string): Promise<Phone[]> {
  const phones = Array.from({ length: count }, (_, i) => {
    const receiptNumber = `FLOOD-${name}-${i}`;
    const { secret } = newCaseSecret(receiptNumber, CURSOR_SECRET);
    return { address: addressOf(i), receiptNumber, secret: i % 2 === 0 ? secret : secret.slice(0, 16) };
  });
  const salt = Buffer.from('salt').toString('base64url');
  const caseId = 'case_01E3CX00000000000000000001';
  await system.write(
    'credentials',
    phones.map(({ receiptNumber, secret }) =>
      caseSecretItem({
        receiptNumber,
        caseId,
        applicantId: 'person-1',
        salt,
        secretHash: hashCaseSecret(secret, salt),
      }),
    ),
  );
  return phones;
}

/** Every way of being wrong: unknown receipt numbers with and without a tag, phones' own ones, and texts of no form. */
function wrongTry(i: number, known: readonly Phone[]): Phone {
  const receiptNumber = i % 4 === 0 ? (known[i % known.length]?.receiptNumber ?? '') : `FLOOD-NONE-${i}`;
  const secret = ['0'.repeat(16), '0'.repeat(20), String(i).padStart(16, '0'), 'wrong'][(i >> 2) % 4] ?? '';
  return { address: ATTACKER, receiptNumber, secret };
}

test('500 wrong tries a second lock out no phone, elsewhere or behind the same address, and cost few reads', async () => {
  const elsewhere = await phonesAt((i) => `203.0.${i >> 8}.${i & 255}`, ELSEWHERE, 'ELSEWHERE');
  const behind = await phonesAt(() => ATTACKER, BEHIND, 'BEHIND');
  const untagged = [...elsewhere, ...behind].filter(({ secret }) => secret.length === 16);
  await system.write('credentials', untaggedReceiptsItems(untagged.map(({ receiptNumber }) => receiptNumber)));
  const phones = [...elsewhere, ...behind].toSorted((a, b) => (a.receiptNumber < b.receiptNumber ? -1 : 1));
  const letThrough = stage();
  const statuses: Record<string, number> = {};
  let opened = 0;
  let openedBehind = 0;
  const calls = await proxy.during(async () => {
    const ticks = SECONDS * WRONG_A_SECOND;
    for (let i = 0; i < ticks; i++) {
      now = START + (i * 1_000) / WRONG_A_SECOND;
      const wrong = letThrough() ? await post(wrongTry(i, behind)) : 429;
      statuses[wrong] = (statuses[wrong] ?? 0) + 1;
      // The flood has begun when the phones come, one after the other.
      const phone =
        i > ticks / 10 ? phones.at(Math.floor(((i - ticks / 10) * phones.length) / (ticks * 0.9))) : undefined;
      if (!phone || signedIn.has(phone)) continue;
      signedIn.add(phone);
      const isOpened = letThrough() && (await post(phone)) === 200;
      if (phone.address === ATTACKER) openedBehind += Number(isOpened);
      else opened += Number(isOpened);
    }
  });
  expect(opened).toBeGreaterThanOrEqual(ELSEWHERE * 0.99);
  expect(openedBehind).toBeGreaterThanOrEqual(BEHIND * 0.99);
  expect(Object.keys(statuses).toSorted()).toEqual(['401', '429']);
  const reads = calls.filter((call) => call === 'GetItem' || call === 'Query');
  // The access log has an entry of each right one; the flood writes nothing.
  expect(calls.length - reads.length).toBe(opened + openedBehind);
  // A read for each right secret, and of the flood's: to the network's limit, and one for each old receipt number that it knows.
  expect(reads.length).toBeLessThanOrEqual(ELSEWHERE + BEHIND + MAX_NETWORK_FAILURES + BEHIND / 2 + 1);
  expect(told).toBeGreaterThanOrEqual(SECONDS * WRONG_A_SECOND - 100);
  expect(lines).toBeLessThanOrEqual(MAX_NETWORK_FAILURES + (SECONDS * WRONG_A_SECOND) / 100);
});

const signedIn = new Set<Phone>();
