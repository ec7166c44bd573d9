import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
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
