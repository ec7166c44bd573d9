/** MiniStack's DynamoDB in the place of the embedded one: `npm run test:second-database`. */
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TableNames } from '../src/storage/tables.ts';
import { childEnvironment } from './child-environment.ts';
import { freePort } from './free-port.ts';

const START_TIMEOUT_MS = 30_000;

/** The program, where tests run against it; undefined where they run against the embedded database. */
const PROGRAM = process.env.TEST_MINISTACK;

export const isSecondDatabase = PROGRAM !== undefined;

/** Starts MiniStack with the tables, and nothing of it on disk but its log. */
export async function startSecondDatabase(folder: string, tables: TableNames) {
  const program = resolve(PROGRAM ?? '');
  if (!existsSync(program)) throw new Error(`${program} is not there: see docs/operating.md, "In an emulator".`);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const log = openSync(join(folder, 'ministack.log'), 'w');
  const child = spawn(program, [], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: childEnvironment({
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      SERVICES: 'dynamodb,dynamodbstreams',
    }),
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(`${endpoint}/_ministack/health`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`MiniStack did not start: see ${join(folder, 'ministack.log')}`);
    }
    await sleep(50);
  }
  const { createTables } = await import('../src/local/database/create-tables.ts');
  await createTables(endpoint, tables);
  return { endpoint, stop };
}

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
