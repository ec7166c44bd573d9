/** The whole local system as a process of its own, which may be killed at any moment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../child-environment.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface MortalSystem {
  readonly url: string;
  /** When it serves. */
  readonly ready: Promise<void>;
  /**
   * `kill -9`: of all at once, of the system alone, whose database goes on without it, or of the database alone, which the
   * system starts again. @returns whether the system is still there
   */
  kill(which: 'ALL' | 'SYSTEM' | 'DATABASE'): Promise<boolean>;
  /** As Ctrl-C does. */
  end(): Promise<void>;
}

export function startMortal(dataDir: string, port: number): MortalSystem {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'start.mjs'], {
    cwd: ROOT,
    // What everybody together may ask here is more than clients may elsewhere.
    env: childEnvironment({ HOME: dataDir, DATA_DIR: dataDir, PORT: String(port), BUDGET_FACTOR: '10000' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  const serves = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      // The end of it is what a failure is told by.
      said = `${said}${chunk}`.slice(-4_000);
      if (said.includes('Ctrl-C ends')) serves.resolve();
    });
  }
  const ended = once(child, 'close');
  void ended.then(() => serves.reject(new Error(`The system has ended: ${said}`)));
  serves.promise.catch(() => undefined);
  return {
    url: `http://localhost:${port}`,
    ready: serves.promise,
    async kill(which) {
      const database = databaseOf(dataDir);
      if (which !== 'SYSTEM') killNow(database);
      if (which === 'DATABASE') {
        while (isRunning(child) && databaseOf(dataDir) === database) await sleep(5);
        return isRunning(child);
      }
      killNow(child.pid === undefined ? undefined : -child.pid);
      await ended;
      return false;
    },
    async end() {
      if (isRunning(child)) child.kill('SIGTERM');
      await ended;
    },
  };
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

function databaseOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'database.pid'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param pid less than 0 for a group */
function killNow(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}
