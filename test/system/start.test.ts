import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { readConfig } from '../../src/config.ts';
import { startDatabase } from '../../src/local/database/embedded-database.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { devIssuer, recordedUrl } from '../../src/local/dev-issuer/dev-issuer.ts';
import { batchWrite } from '../../src/storage/dynamodb/batch.ts';
import { connect, openTable } from '../../src/storage/dynamodb/connection.ts';
import { DATA_VERSION } from '../../src/storage/migrations/migrations.ts';
import { stampItem } from '../../src/storage/migrations/stamp.ts';
import { childEnvironment } from '../child-environment.ts';
import { freePort } from '../free-port.ts';
import { fillWithDemoDataOfToday } from '../prepared-folder.ts';

const root = join(import.meta.dirname, '../..');
const children: ChildProcess[] = [];
let dataDir: string;
let port: number;

/** The stories go on with one data folder, in their order: filling another costs more than all else in a start. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  await fillWithDemoDataOfToday(dataDir);
});
afterAll(() => rmSync(dataDir, { recursive: true }));
beforeEach(async () => {
  port = await freePort();
});
afterEach(async () => {
  for (const child of children.splice(0)) if (isRunning(child)) await kill(child, 'SIGTERM');
});

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

const WITHOUT_NPM = [process.execPath, '--disable-warning=ExperimentalWarning', 'start.mjs'] as const;

/** `npm start`, without npm where nothing else is said: only its environment, no terminal. */
function start(
  environment: Readonly<Record<string, string>> = {},
  [program, ...rest]: readonly [string, ...string[]] = WITHOUT_NPM,
) {
  const child = spawn(program, rest, {
    cwd: root,
    env: childEnvironment({ HOME: dataDir, DATA_DIR: dataDir, PORT: String(port), ...environment }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ctrl-C ends')) ready.resolve();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  void ended.then(() => ready.reject(new Error(`It ended: ${said}`)));
  ready.promise.catch(() => undefined);
  return { child, ready: ready.promise, ended, said: () => said };
}

async function kill(child: ChildProcess, ...signals: NodeJS.Signals[]): Promise<void> {
  const closed = once(child, 'close');
  for (const signal of signals) child.kill(signal);
  await closed;
}

/** As `npm run token` makes one for the system that runs on this folder. */
async function tokenAs(kind: TokenKind): Promise<string> {
  const issuer = await devIssuer({ mode: 'local', dataDir }, recordedUrl(dataDir) ?? '');
  return issuer.sign(bearerClaims(kind, {}, issuer.trusted), 60);
}

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query.
async function ask(query: string, variables: object = {}, as?: TokenKind): Promise<any> {
  const response = await fetch(`http://localhost:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(as ? { authorization: `Bearer ${await tokenAs(as)}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

/** Beside a running system, each in a sentence: its data, its port, and what is no DynamoDB. */
async function refusesASecond(): Promise<void> {
  const sameData = start({ PORT: String(await freePort()) });
  expect(await sameData.ended).toBe(1);
  expect(sameData.said().trim()).toMatch(/^The data in .* is in use by another running Bridgehead\..*$/);

  const samePort = start({ DATA_DIR: join(dataDir, 'other') });
  expect(await samePort.ended).toBe(1);
  expect(samePort.said().trim()).toMatch(new RegExp(`^Port ${port} is in use by another program\\..*$`));

  const noDatabase = start({
    PORT: String(await freePort()),
    DATA_DIR: join(dataDir, 'other'),
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}`,
  });
  expect(await noDatabase.ended).toBe(1);
  expect(noDatabase.said().trim()).toBe(`No DynamoDB answers at DYNAMODB_ENDPOINT http://127.0.0.1:${port}.`);
}

test('serves the headline, refuses a second, and keeps what it acknowledged when it is killed', async () => {
  const first = start();
  await first.ready;
  expect(first.said()).toContain(`http://localhost:${port}/explorer`);
  expect(await fetch(`http://localhost:${port}/health`).then((answer) => answer.status)).toBe(200);

  const headline = `{ park(code: "binhai-zhongguancun") {
    resumption(on: "2020-03-16") { production { numerator denominator } returnToWork { numerator denominator } }
    enterprises(first: 1) { nodes { id staffCount } }
  } }`;
  const { park } = await ask(headline, {}, 'officer');
  expect(park.resumption).toEqual({
    production: { numerator: 206, denominator: 236 },
    returnToWork: { numerator: 5669, denominator: 6750 },
  });
  const [enterprise] = park.enterprises.nodes;
  const report = {
    enterprise: enterprise.id,
    on: '2020-03-17',
    mode: 'ON_SITE',
    staffTotal: enterprise.staffCount,
    staffReturned: 1,
  };
  const { reportOperations } = await ask(
    `mutation ($input: ReportOperationsInput!) { reportOperations(input: $input) { reports { on } userErrors { code } } }`,
    { input: { idempotencyKey: 'the-story-of-a-start', reports: [report] } },
    'officer',
  );
  expect(reportOperations).toEqual({ reports: [{ on: '2020-03-17' }], userErrors: [] });
  await refusesASecond();
  await kill(first.child, 'SIGKILL');

  const second = start();
  await second.ready;
  expect(second.said()).not.toContain('demo data');
  const tally = () =>
    ask('{ park(code: "binhai-zhongguancun") { resumption(on: "2020-03-17") { production { numerator } } } }');
  const deadline = Date.now() + 60_000;
  while ((await tally()).park.resumption?.production.numerator !== 1) {
    if (Date.now() > deadline) throw new Error('The report was not counted.');
    await sleep(100);
  }
  const readiness = () =>
    fetch(`http://localhost:${port}/ready`).then(async (answer) => [answer.status, await answer.json()]);
  expect(await readiness()).toEqual([200, { status: 'ready', stores: expect.objectContaining({ talent: 'ok' }) }]);
  const recordedPid = () => Number(readFileSync(join(dataDir, 'database.pid'), 'utf8'));
  const killed = recordedPid();
  process.kill(killed, 'SIGSTOP');
  while ((await readiness())[0] === 200) await sleep(100);
  expect(await readiness()).toMatchObject([503, { status: 'unavailable', stores: { parks: 'unavailable' } }]);
  expect(await fetch(`http://localhost:${port}/health`).then((answer) => answer.status)).toBe(200);
  process.kill(killed, 'SIGKILL');
  while (recordedPid() === killed) await sleep(10);
  expect((await tally()).park.resumption.production.numerator).toBe(1);
  expect(second.said()).toContain('the embedded database has crashed and is restarted');
  const databasePid = recordedPid();
  await kill(second.child, 'SIGINT', 'SIGINT');
  expect(await second.ended).toBe(0);
  expect(() => process.kill(databasePid, 0)).toThrow();
});

test('ends whole when only npm is asked to end, as a service manager does', async () => {
  const npm = start({}, ['npm', 'start']);
  await npm.ready;
  const databasePid = Number(readFileSync(join(dataDir, 'database.pid'), 'utf8'));
  npm.child.kill('SIGTERM');
  expect(await npm.ended).toBe(0);
  expect(() => process.kill(databasePid, 0)).toThrow();
});

const FOREIGN = "--import=data:text/javascript,Object.defineProperty(process,'arch',{value:'riscv64'})";

test.each([
  [{ DATA_DIR: '/dev/null' }, /^The folder \/dev\/null is not writable\. Set DATA_DIR to a writable folder\.$/],
  [{ PORT: 'high' }, /^The environment is invalid: PORT must be a port number\.$/],
  [
    { NODE_OPTIONS: FOREIGN },
    /^The embedded DynamoDB has no program .*\(linux-riscv64; .*DYNAMODB_ENDPOINT.*devcontainer\.$/,
  ],
  [{ DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' }, /^No DynamoDB answers at DYNAMODB_ENDPOINT http:\/\/127\.0\.0\.1:1\.$/],
])('refuses %j in a sentence', async (environment, sentence) => {
  const { ended, said } = start(environment);
  expect(await ended).toBe(1);
  expect(said().trim()).toMatch(sentence);
});

test('refuses data that a newer Bridgehead wrote', async () => {
  const database = await startDatabase({ dataDir });
  const connection = connect({ ...readConfig({ BRIDGEHEAD_MODE: 'local' }), dynamodbEndpoint: database.endpoint });
  const scope = { deadline: Date.now() + 10_000, signal: AbortSignal.timeout(10_000), owner: 'test' };
  await batchWrite(openTable(connection, 'talent', scope), [stampItem(DATA_VERSION + 1)]);
  connection.dynamo.destroy();
  await database.stop();

  const { ended, said } = start();
  expect(await ended).toBe(1);
  expect(said().trim()).toMatch(/^The data have version \d+, and this Bridgehead knows versions up to \d+: start .*$/);
});
