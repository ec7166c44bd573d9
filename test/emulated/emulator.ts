import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnvironment } from '../child-environment.ts';
import { freePort } from '../free-port.ts';
import type { Receiver } from './receiver.ts';

const ROOT = join(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 30_000;
export const REGION = 'eu-central-1';

export interface Emulator {
  readonly endpoint: string;
  /** Variables that a command needs beside Node's own variables to reach the emulator as its root user. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Returns the program of the emulator: `MINISTACK`, else that of `.venv`. */
function program(): string {
  const found = process.env.MINISTACK ?? join(ROOT, '.venv/bin/ministack');
  if (existsSync(found)) return found;
  throw new Error(`${found} is not there: python3 -m venv .venv && .venv/bin/pip install -r .ci/requirements.txt`);
}

/**
 * Starts MiniStack on a free port of loopback, with IAM enforced and all its files in a folder. Functions run by the same
 * Node as this process.
 */
export async function startEmulator(folder: string, receiver: Receiver): Promise<Emulator> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const log = openSync(join(folder, 'emulator.log'), 'w');
  const child = spawn(program(), [], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: childEnvironment({
      ...credentials,
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: folder,
      TMPDIR: folder,
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: REGION,
      AUTH: 'true',
      // The functions inherit these: the lean client has an address of its own, and webhooks end on this machine.
      DYNAMODB_ENDPOINT: endpoint,
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'reroute.mjs')}`,
      NODE_EXTRA_CA_CERTS: receiver.certificateFile,
      RECEIVER_HOST: receiver.host,
      RECEIVER_PORT: String(receiver.port),
    }),
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    // It waits for its functions' processes; what outlives it would hold the port and the folder.
    await Promise.race([exited, pause(5_000)]);
    if (child.exitCode === null) child.kill('SIGKILL');
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isHealthy(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`MiniStack did not start: see ${join(folder, 'emulator.log')}`);
    }
    await pause(100);
  }
  const env = childEnvironment({
    ...credentials,
    HOME: folder,
    DATA_DIR: join(folder, 'data'),
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL: endpoint,
    DYNAMODB_ENDPOINT: endpoint,
  });
  return { endpoint, env, stop };
}

const isHealthy = (endpoint: string) =>
  fetch(`${endpoint}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );
