import { once } from 'node:events';
import { createServer } from 'node:http';
import { rotatingCaseTokens } from '../../../src/auth/case-token.ts';
import { steps } from '../../../src/cli/secrets.ts';
import { readConfig } from '../../../src/config.ts';
import {
  type FetchSecret,
  MAX_SECRET_AGE_SECONDS,
  type StoredSecret,
  secretOf,
  secretsRefresher,
} from '../../../src/secrets.ts';
import { rotatingCursors } from '../../../src/storage/dynamodb/cursor.ts';
import { secretsManager } from '../../../src/storage/secrets-manager.ts';

const settings = readConfig({ CURSOR_SECRET_ID: 'cursors', CASE_TOKEN_SECRET_ID: 'tokens' });
const text = (letter: string) => letter.repeat(32);
const BINDING = { field: 'test', arguments: {}, owner: 'somebody' };
const GRANT = { caseId: 'case_01ARZ3NDEKTSV4RRFFQ69G5FAV', receiptNumber: 'R-1', salt: 'salt' };
const MOMENT = { requestId: 'test', now: new Date(), deadline: Date.now() + 1_000, signal: AbortSignal.timeout(1_000) };

/** Secrets Manager with these values, and a clock. */
function world(values: Record<string, unknown>) {
  const fetched: string[] = [];
  let now = 0;
  const fetch: FetchSecret = async (id) => {
    fetched.push(id);
    if (values[id] instanceof Error) throw values[id];
    return values[id];
  };
  const refresh = secretsRefresher(settings, ['cursors', 'caseTokens'], fetch, () => now);
  const passes = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { values, fetched, refresh, passes };
}

test('fails as retryable without secrets, and refreshes old ones', async () => {
  const { values, fetched, refresh, passes } = world({ cursors: new Error('down'), tokens: { current: text('t') } });
  await expect(refresh()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', details: { mayHaveBeenWritten: false } });
  values.cursors = { current: text('a') };
  await Promise.all([refresh(), refresh()]);
  expect(fetched).toHaveLength(4);
  expect(secretOf('cursors', settings)).toEqual({ current: text('a'), accepted: [text('a')], root: text('a') });
  passes(MAX_SECRET_AGE_SECONDS - 1);
  await refresh();
  expect(fetched).toHaveLength(4);
  passes(2);
  values.cursors = new Error('down');
  await refresh();
  expect(secretOf('cursors', settings)?.current).toBe(text('a'));
  values.cursors = { current: text('b'), previous: text('a'), root: text('r') };
  passes(11);
  await refresh();
  expect(secretOf('cursors', settings)).toEqual({
    current: text('b'),
    accepted: [text('b'), text('a')],
    root: text('r'),
  });
});

test('a rotation invalidates nothing, whatever the order of the refreshes', async () => {
  const old: StoredSecret = { current: text('a') };
  const staged = steps.stage(old);
  const promoted = steps.promote(staged);
  expect(steps.stage(staged)).toEqual(staged);
  expect(promoted).toEqual({ current: staged.next, previous: text('a'), root: text('a') });
  expect(steps.promote(steps.stage(promoted)).root).toBe(text('a'));
  const known = (stored: StoredSecret) => ({
    current: stored.current,
    accepted: [stored.current, stored.previous, stored.next].filter((value) => value !== undefined),
    root: stored.root ?? stored.current,
  });
  const [before, after] = [staged, promoted].map((stored) => ({
    cursors: rotatingCursors(() => known(stored)),
    tokens: rotatingCaseTokens(() => known(stored)),
  }));
  if (!before || !after) throw new Error('there are two');
  for (const [writes, reads] of [
    [before, after],
    [after, before],
  ] as const) {
    expect(reads.cursors.read(BINDING, writes.cursors.write(BINDING, { pk: 'x' }))).toEqual({ pk: 'x' });
    const token = await writes.tokens.sign(GRANT, MOMENT.now);
    expect(await reads.tokens.check(token, MOMENT)).toMatchObject({ viewer: { kind: 'caseHolder' } });
  }
  const replaced = rotatingCursors(() => known(steps.replace(promoted)));
  expect(() => replaced.read(BINDING, after.cursors.write(BINDING, { pk: 'x' }))).toThrow(
    'This cursor does not belong',
  );
});

test('fetches secrets from Secrets Manager by id, as the function that Lambda runs', async () => {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { 'x-amz-target': target, 'x-amz-security-token': token, authorization } = request.headers;
      const service = /Credential=test\/\d{8}\/cn-north-1\/(\w+)/.exec(authorization ?? '')?.[1];
      asked.push({ target, token, service, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ SecretString: JSON.stringify({ current: text('m') }) }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const settings = readConfig({
    CURSOR_SECRET_ID: 'arn-of-cursors',
    AWS_LAMBDA_FUNCTION_NAME: 'gateway',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'session',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  });
  await secretsRefresher(settings, ['cursors', 'caseTokens'], secretsManager(settings))();
  expect(asked).toEqual([
    {
      target: 'secretsmanager.GetSecretValue',
      token: 'session',
      service: 'secretsmanager',
      body: { SecretId: 'arn-of-cursors' },
    },
  ]);
  expect(secretOf('cursors', settings)?.current).toBe(text('m'));
  server.closeAllConnections();
  server.close();
});
