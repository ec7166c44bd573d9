import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ServerProcess } from '../server-process.ts';

/** A gateway under measurement. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  /** The process whose CPU and memory count, with all that it has started; undefined for a peer that runs elsewhere. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

const CLI = join(import.meta.dirname, '../../packages/gateway/src/cli.ts');

/** Starts `npm run gateway` with a number of workers. */
export async function ours(supergraphFile: string, workers: number): Promise<Contender> {
  const args = ['--supergraph', supergraphFile, '--port', '0', '--workers', String(workers)];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await served(child);
  return {
    name: `ours, ${workers === 1 ? 'one process' : `${workers} workers`}`,
    url,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Starts Apollo Server before `@apollo/gateway`. */
export async function apollo(supergraphFile: string): Promise<Contender> {
  const environment = { SUPERGRAPH: supergraphFile, REACH: 'over HTTP' };
  const server = await ServerProcess.start('Apollo Server and Gateway', '../engine/servers/apollo.ts', environment);
  return { name: server.name, url: `${server.url}/graphql`, pid: server.pid, stop: () => server.stop() };
}

/** Hive Gateway's package. It is fetched when it is asked for: half a gigabyte is too much to install with the bench. */
const HIVE = '@graphql-hive/gateway@2.15.1';
/** Time to fetch it and to start it. */
const HIVE_STARTS_MS = 300_000;

/** Starts Hive Gateway by `npm exec`. */
export async function hive(supergraphFile: string): Promise<Contender> {
  const port = await freePort();
  const command = ['hive-gateway', 'supergraph', supergraphFile, '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn('npm', ['exec', '--yes', `--package=${HIVE}`, '--', ...command], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
    // A group of its own, which ends with one signal.
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('npm does not start.');
  const url = `http://127.0.0.1:${port}/graphql`;
  for (const deadline = Date.now() + HIVE_STARTS_MS; !(await answers(url)); await wait(500)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('Hive Gateway does not start.');
  }
  return {
    name: 'Hive Gateway',
    url,
    pid,
    async stop() {
      process.kill(-pid, 'SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const asked = fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: '{ __typename }' }) });
  return asked.then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A gateway that runs already, e.g. `cosmo=http://127.0.0.1:3002/graphql`. */
export function peer(text: string): Contender {
  const [, name, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !url) throw new Error(`--peer must be NAME=URL, not ${text}.`);
  return { name, url, pid: undefined, stop: async () => {} };
}

async function served(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const [, url] = /GraphQL (\S+)/.exec(said) ?? [];
    if (url) {
      child.stdout?.resume();
      return url;
    }
  }
  throw new Error(`The gateway ended: ${said}`);
}
