import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_PAIR_FAILURES } from '../../src/auth/sign-in-memory.ts';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { DEV_ISSUER_PATH, devIssuer, recordedUrl } from '../../src/local/dev-issuer/dev-issuer.ts';
import { childEnvironment } from '../child-environment.ts';
import { freePort } from '../free-port.ts';
import { fillWithDemoDataOfToday } from '../prepared-folder.ts';

const WRITES = 20;
let dataDir: string;
let url: string;
let system: ChildProcess;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  await fillWithDemoDataOfToday(dataDir);
  const port = await freePort();
  url = `http://localhost:${port}`;
  system = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'start.mjs'], {
    cwd: join(import.meta.dirname, '../..'),
    env: childEnvironment({ HOME: dataDir, DATA_DIR: dataDir, PORT: String(port), WORKERS: '3' }),
    stdio: ['ignore', 'pipe', 2],
  });
  await new Promise<void>((resolve) => {
    system.stdout?.on('data', (chunk) => String(chunk).includes('Ctrl-C ends') && resolve());
  });
}, 120_000);
afterAll(async () => {
  if (system.exitCode === null) {
    system.kill('SIGTERM');
    await once(system, 'close');
  }
  rmSync(dataDir, { recursive: true });
});

/** The workers that run. The embedded database is a child of the system too. */
function workers(): readonly number[] {
  const children = readFileSync(`/proc/${system.pid}/task/${system.pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.map(Number).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.ts'));
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await isSo()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error('It does not come to be so.');
  }
}

/** Sends a request by a connection of its own. */
function send(path: string, method: string, body = '', headers: Record<string, string> = {}) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent: false, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query.
async function ask(query: string, variables: object = {}, as?: TokenKind): Promise<any> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (as) {
    const issuer = await devIssuer({ mode: 'local', dataDir }, recordedUrl(dataDir) ?? '');
    headers.authorization = `Bearer ${await issuer.sign(bearerClaims(as, {}, issuer.trusted), 60)}`;
  }
  const { text } = await send('/graphql', 'POST', JSON.stringify({ query, variables }), headers);
  const { data, errors } = JSON.parse(text);
  expect(errors).toBeUndefined();
  return data;
}

/** Publishes a zone, or its next version. */
async function publish(
  code: string,
  version: number | null,
): Promise<{ readonly id: string; readonly version: number }> {
  const zone = { code, kind: 'DEVELOPMENT', regionCode: '120116', version };
  const name = { zh: `第${version ?? 0}版`, en: `Version ${version ?? 0}` };
  const { publishZone } = await ask(
    'mutation ($input: PublishZoneInput!) { publishZone(input: $input) { zone { id version } userErrors { code message } } }',
    { input: { ...zone, name, idempotencyKey: `${code}-${version ?? 0}` } },
    'admin',
  );
  expect(publishZone.userErrors).toEqual([]);
  return publishZone.zone;
}

test('what one process has published, each shows at once', async () => {
  const { id, version: first } = await publish('worker-zone', null);
  const shown = async () => (await ask('query ($id: ID!) { node(id: $id) { ... on Zone { version } } }', { id })).node;
  for (let version = first; version < first + WRITES; version++) {
    expect(await Promise.all([shown(), shown(), shown()])).toEqual(Array(3).fill({ version }));
    await publish('worker-zone', version);
  }
  expect(await shown()).toEqual({ version: first + WRITES });
}, 60_000);

test('the issuer answers by every worker', async () => {
  const seen = await Promise.all(
    [1, 2, 3, 4].map(() => send(`${DEV_ISSUER_PATH}/.well-known/openid-configuration`, 'GET')),
  );
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(seen.map(({ text }) => text)).size).toBe(1);
  expect((await send(`${DEV_ISSUER_PATH}/nothing`, 'GET')).status).toBe(404);
});

test('wrong secrets of a receipt are counted over all workers', async () => {
  const wrong = JSON.stringify({ receiptNumber: 'BHZ-000009', secret: 'AAAA-AAAA-AAAA-AAAA' });
  const statuses: number[] = [];
  for (let tries = 0; tries < 30 && statuses.at(-1) !== 429; tries++) {
    statuses.push((await send('/case-holder/token', 'POST', wrong, { 'content-type': 'application/json' })).status);
  }
  expect(statuses.at(-1)).toBe(429);
  expect(statuses.filter((status) => status === 401)).toHaveLength(MAX_PAIR_FAILURES);
});

test('a worker that is killed is replaced', async () => {
  const [killed = 0, ...others] = workers();
  process.kill(killed, 'SIGKILL');
  // A write just now is told to a process that is gone. A connection that was handed to it is never answered.
  await Promise.race([publish('killed-worker', null).catch(() => undefined), sleep(5_000)]);
  await until(() => !workers().includes(killed) && workers().length === 3);
  expect(workers()).toEqual([...others, expect.any(Number)]);
  await until(() =>
    send('/health', 'GET').then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
}, 90_000);
