import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compose } from '../../../../test/fixtures/synthetic/federation.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');
const { sdl } = compose({ parks: 'type Query { name: String }' });

let folder: string;
let subgraph: Server;
let child: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-workers-'));
  writeFileSync(join(folder, 'supergraph.graphql'), sdl);
  subgraph = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"name":"P"}}');
  }).listen(0, '127.0.0.1');
  await once(subgraph, 'listening');
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});
afterAll(() => {
  subgraph.closeAllConnections();
  subgraph.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command. `said` is what it has printed so far. */
function run(...args: readonly string[]) {
  const { port } = subgraph.address() as AddressInfo;
  const started = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      CLI,
      '--supergraph',
      join(folder, 'supergraph.graphql'),
      '--subgraph',
      `parks=http://127.0.0.1:${port}/graphql`,
      '--port',
      '0',
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child = started;
  let said = '';
  const serving = Promise.withResolvers<string>();
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      const [, url] = /GraphQL (\S+)/.exec(said) ?? [];
      if (url) serving.resolve(url);
    });
  }
  const ended = once(started, 'close').then(([code]) => ({ code: code as number | null, said }));
  return { pid: started.pid ?? 0, serving: serving.promise, ended, process: started };
}

/** The processes that a process has started and that run. */
const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await isSo()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error('It does not come to be so.');
  }
}

async function ask(url: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: '{"query":"{ name }"}',
  });
  return response.json();
}

test('several processes serve one port, a killed one is replaced, and all end with the first', async () => {
  const { pid, serving, ended, process: first } = run('--workers', '2');
  const url = await serving;
  const workers = childrenOf(pid);
  expect(workers).toHaveLength(2);
  expect(await Promise.all(Array.from({ length: 8 }, () => ask(url)))).toEqual(Array(8).fill({ data: { name: 'P' } }));

  process.kill(workers[0] ?? 0, 'SIGKILL');
  await until(() => childrenOf(pid).length === 2 && !childrenOf(pid).includes(workers[0] ?? 0));
  expect(childrenOf(pid)).toEqual([workers[1], expect.any(Number)]);
  await until(() =>
    ask(url).then(
      () => true,
      () => false,
    ),
  );

  const running = childrenOf(pid);
  first.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  for (const worker of running) expect(() => process.kill(worker, 0)).toThrow('ESRCH');
}, 30_000);

test('workers end with a first process that is killed', async () => {
  const { pid, serving, ended, process: first } = run('--workers', '2');
  await serving;
  const workers = childrenOf(pid);
  first.kill('SIGKILL');
  await ended;
  await until(() => !workers.some(isRunning));
}, 30_000);

test.each([
  [
    'a port in use',
    () => ['--workers', '2', '--port', String((subgraph.address() as AddressInfo).port)],
    /^Port \d+ is in use/,
  ],
  ['no number of workers', () => ['--workers', 'many'], /^--workers must be a number/],
])(
  '%s is said once',
  async (_, args, sentence) => {
    const { code, said } = await run(...args()).ended;
    expect(code).toBe(1);
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
  },
  30_000,
);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
