import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnvironment } from './child-environment.ts';
import { freePort } from './free-port.ts';

const START_TIMEOUT_MS = 30_000;

export interface MiniStack {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts MiniStack on a free port of loopback, with its log in a folder.
 * @param program its path
 * @param variablesAt returns its variables beside those of its address
 */
export async function startMiniStack(
  program: string,
  folder: string,
  variablesAt: (endpoint: string) => NodeJS.ProcessEnv,
): Promise<MiniStack> {
  if (!existsSync(program)) {
    throw new Error(`${program} is not there: python3 -m venv .venv && .venv/bin/pip install -r .ci/requirements.txt`);
  }
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const log = openSync(join(folder, 'emulator.log'), 'w');
  const child = spawn(resolve(program), [], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: childEnvironment({
      HOME: folder,
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      ...variablesAt(endpoint),
    }),
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    // It waits for its functions' processes; what outlives it would hold the port and the folder.
    await Promise.race([exited, pause(5_000, undefined, { ref: false })]);
    if (child.exitCode === null) child.kill('SIGKILL');
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isHealthy(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`MiniStack did not start: see ${join(folder, 'emulator.log')}`);
    }
    await pause(50);
  }
  return { endpoint, stop };
}

const isHealthy = (endpoint: string) =>
  fetch(`${endpoint}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );
