import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import autocannon from 'autocannon';
import { readConfig, SUBGRAPHS } from '../src/config.ts';
import { randomOf } from '../src/local/demo-data/random.ts';
import { batchWrite, MAX_ITEMS_A_WRITE } from '../src/storage/dynamodb/batch.ts';
import { connect, openTable } from '../src/storage/dynamodb/connection.ts';
import { freePort } from '../test/free-port.ts';
import { headersOf } from './callers.ts';
import { writeSection } from './document.ts';
import { type ProcessUse, usesOf } from './process-tree.ts';
import { publicQuestions, zipf } from './public-questions.ts';
import { table } from './table.ts';

const ROOT = join(import.meta.dirname, '..');
const IDLE_SECONDS = Number(process.env.SECONDS ?? 60);
const WORKERS = 2;
const REQUESTS_A_WORKER = 10_000;
const RECORDS = Number(process.env.RECORDS ?? 100_000);
/** Few enough that no worker is busy for long and refuses. */
const CONNECTIONS = 4;
/** A system that uses more of a core than this has records to read. */
const QUIET_SHARE = 0.05;
/** Windows of two seconds in a row. */
const QUIET_WINDOWS = 5;
const MAX_QUIET_SECONDS = 600;

/**
 * Measures `npm start` on new demo data: CPU while nobody asks, memory of a worker after 10,000 requests each, and CPU
 * while nobody asks after 100,000 stream records. Writes the table into `docs/benchmarks.md`.
 */
export async function benchLocal(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-bench-'));
  const port = await freePort();
  // The first start loads the data and compiles, and ends.
  await stopped(await start(dataDir, port));
  const system = await start(dataDir, port);
  try {
    const rows = [await idleRow('after the start', system)];
    await ask(`http://localhost:${port}/graphql`, WORKERS * REQUESTS_A_WORKER);
    const workers = usesOf(pidOf(system)).filter(({ command }) => command.includes('worker.ts'));
    rows.push(await idleRow(`after ${WORKERS * REQUESTS_A_WORKER} requests`, system, megabytes(workers)));
    await writeRecords(dataDir);
    await quiet(system);
    rows.push(await idleRow(`after ${RECORDS} stream records`, system));
    writeSection('local', table(['idle', 'system', 'database', 'MB of a worker'], rows));
  } finally {
    await stopped(system);
    rmSync(dataDir, { recursive: true });
  }
}

async function stopped(system: ChildProcess): Promise<void> {
  system.kill('SIGTERM');
  if (system.exitCode === null) await once(system, 'exit');
}

/** Runs `npm start` on a data folder, and waits until it serves. */
async function start(dataDir: string, port: number): Promise<ChildProcess> {
  const settings = { DATA_DIR: dataDir, PORT: String(port), WORKERS: String(WORKERS), BUDGET_FACTOR: '1000000' };
  const system = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(system, 'exit').then(() => {
    throw new Error('The system ended before it served.');
  });
  // It ends some time.
  ended.catch(() => undefined);
  const serving = new Promise<void>((resolve) => {
    system.stdout?.on('data', (chunk) => String(chunk).includes('Ctrl-C ends') && resolve());
  });
  await Promise.race([serving, ended]);
  return system;
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('The system did not start.');
  return pid;
}

/** Returns the parts of a core that the system and its database use while nobody asks. */
async function idleRow(when: string, system: ChildProcess, memory = ''): Promise<string[]> {
  await quiet(system);
  const before = cpuOf(system);
  await wait(IDLE_SECONDS * 1_000);
  const after = cpuOf(system);
  const part = (of: keyof typeof after) => ((after[of] - before[of]) / (IDLE_SECONDS * 1_000_000)) * 100;
  const row = [when, `${part('own').toFixed(2)} %`, `${part('database').toFixed(2)} %`, memory];
  console.log(row.join('  '));
  return row;
}

/** Waits until little is done for some seconds: what was asked and written before is worked off, and memory is collected. */
async function quiet(system: ChildProcess): Promise<void> {
  let quietWindows = 0;
  for (let second = 0; second < MAX_QUIET_SECONDS; second += 2) {
    const before = cpuOf(system);
    await wait(2_000);
    const after = cpuOf(system);
    const isQuiet = after.own + after.database - before.own - before.database < QUIET_SHARE * 2_000_000;
    quietWindows = isQuiet ? quietWindows + 1 : 0;
    if (quietWindows === QUIET_WINDOWS) return;
  }
  throw new Error(`The system is not idle after ${MAX_QUIET_SECONDS} s.`);
}

/** Returns microseconds of CPU so far. */
function cpuOf(system: ChildProcess): { readonly own: number; readonly database: number } {
  const uses = usesOf(pidOf(system));
  const sum = (of: readonly ProcessUse[]) => of.reduce((all, { cpu }) => all + cpu, 0);
  const isOwn = ({ command }: ProcessUse) => command.includes('start.mjs') || command.includes('worker.ts');
  return { own: sum(uses.filter(isOwn)), database: sum(uses.filter((use) => !isOwn(use))) };
}

const megabytes = (uses: readonly ProcessUse[]) => uses.map(({ memory }) => (memory / 2 ** 20).toFixed(0)).join(', ');

/** Asks public questions by Zipf's law. Throws where one is not answered. */
async function ask(url: string, amount: number): Promise<void> {
  const random = randomOf('a worker’s memory');
  const questions = publicQuestions(random);
  const headers = await headersOf(undefined);
  const requests = Array.from({ length: 4_000 }, () => {
    const { query, variables } = questions[zipf(random, questions.length)] ?? {};
    return { method: 'POST' as const, headers, body: JSON.stringify({ query, variables }) };
  });
  const result = await autocannon({ url, requests, connections: CONNECTIONS, amount });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${amount} requests were not answered.`);
}

/** Writes records that no consumer handles into the streams of all tables, beside the running system. */
async function writeRecords(dataDir: string): Promise<void> {
  const dynamodbEndpoint = readFileSync(join(dataDir, 'database-endpoint'), 'utf8').trim();
  const connection = connect(readConfig({ DYNAMODB_ENDPOINT: dynamodbEndpoint }));
  const scope = { owner: '', deadline: Date.now() + 600_000, signal: new AbortController().signal };
  for (let n = 0; n < RECORDS; n += MAX_ITEMS_A_WRITE) {
    const store = SUBGRAPHS[(n / MAX_ITEMS_A_WRITE) % SUBGRAPHS.length] ?? 'parks';
    const items = Array.from({ length: MAX_ITEMS_A_WRITE }, (_, i) => ({
      pk: `bench_${n + i}`,
      sk: 'BENCH',
      type: 'Bench',
    }));
    await batchWrite(openTable(connection, store, scope), items);
  }
  connection.dynamo.destroy();
}
