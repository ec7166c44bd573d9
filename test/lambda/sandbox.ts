import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { type Outcome, startRuntimeApi } from './runtime-api.ts';

const TIMEOUT_MS = 29_000;
const runtime = createRequire(import.meta.url).resolve('aws-lambda-ric');
const nativeClient = join(import.meta.dirname, 'native-client.ts');

export interface Sandbox {
  /** Rejects when the sandbox ends, or can't load its handler. */
  invoke(event: unknown): Promise<Outcome>;
  /** What it wrote to standard output and error. */
  log(): string;
  close(): Promise<void>;
}

/**
 * Runs a function's archive as Lambda does: unpacked into a folder of its own, under Lambda's runtime client, with nothing
 * in the environment but what is given, and frozen while it has nothing to do.
 */
export async function startSandbox(
  archive: Uint8Array,
  handler: string,
  environment: Readonly<Record<string, string>>,
): Promise<Sandbox> {
  const task = mkdtempSync(join(tmpdir(), 'bridgehead-task-'));
  for (const [path, content] of Object.entries(unzipSync(archive))) {
    mkdirSync(dirname(join(task, path)), { recursive: true });
    writeFileSync(join(task, path), content);
  }
  let child: ChildProcess | undefined;
  const api = await startRuntimeApi(TIMEOUT_MS, (isIdle) => child?.kill(isIdle ? 'SIGSTOP' : 'SIGCONT'));
  child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', nativeClient, runtime], {
    cwd: task,
    env: {
      AWS_LAMBDA_RUNTIME_API: api.address,
      LAMBDA_TASK_ROOT: task,
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'packaged',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
      AWS_LAMBDA_LOG_GROUP_NAME: 'packaged',
      AWS_LAMBDA_LOG_STREAM_NAME: 'packaged',
      AWS_REGION: 'cn-north-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const exited = once(child, 'exit');
  const failed = Promise.race([
    api.initError.then((error) => Promise.reject(new Error(`The handler can't be loaded: ${JSON.stringify(error)}`))),
    exited.then(() => Promise.reject(new Error(`The sandbox has ended: ${output}`))),
  ]);
  failed.catch(() => undefined);

  return {
    invoke: (event) => Promise.race([api.invoke(event), failed]),
    log: () => output,
    async close() {
      child.kill('SIGKILL');
      await exited;
      api.close();
      rmSync(task, { recursive: true });
    },
  };
}
