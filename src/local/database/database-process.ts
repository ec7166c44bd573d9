import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '../../errors.ts';
import { forgetDatabase, recordDatabase } from './orphan.ts';

const READY_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 3_000;

/** One run of the database program. */
export interface DatabaseProcess {
  readonly port: number;
  /** Settles when the program has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks the program to end and kills it after three seconds. No acknowledged write is lost. */
  stop(): Promise<void>;
  kill9(): Promise<void>;
}

/**
 * Returns the program for this platform.
 * @throws CodedError CONFIGURATION if there is none
 */
export function databaseProgram(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    if (platform !== 'linux-x64') throw new Error(`no program for ${platform}`);
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch (cause) {
    throw new CodedError(
      'CONFIGURATION',
      `The embedded DynamoDB has no program installed for this platform (${platform}; it comes with "npm ci" for linux-x64). ` +
        'Set DYNAMODB_ENDPOINT to a DynamoDB that is reachable from here, or open the project in its devcontainer.',
      { cause },
    );
  }
}

/** Starts the program on a file and resolves when it serves. The default port is a free one. */
export async function runDatabase(dataDir: string, file: string, port?: number): Promise<DatabaseProcess> {
  const chosen = port ?? (await freePort());
  const log = openSync(join(dataDir, 'database.log'), 'w');
  // Its own process group: Ctrl-C in a terminal reaches this process, which ends the database last.
  const child = spawn(databaseProgram(), ['serve', '--port', String(chosen), '--db-path', file], {
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  if (child.pid !== undefined) recordDatabase(dataDir, child.pid);

  const endWithThisProcess = () => child.kill('SIGKILL');
  process.once('exit', endWithThisProcess);
  void ended.then(() => process.off('exit', endWithThisProcess));

  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(force);
    forgetDatabase(dataDir);
  };
  if (!(await answers(chosen, child))) {
    await end('SIGKILL');
    throw new CodedError(
      'CONFIGURATION',
      `The embedded DynamoDB did not start; its output is in ${join(dataDir, 'database.log')}.`,
    );
  }
  return { port: chosen, ended, stop: () => end('SIGTERM'), kill9: () => end('SIGKILL') };
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) });
      await response.arrayBuffer();
      return true;
    } catch {
      await sleep(5);
    }
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
