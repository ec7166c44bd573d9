import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 5_000;

const recordOf = (dataDir: string) => join(dataDir, 'database.pid');

/** Records the process that serves the data, so that a later start finds it if this process was killed. */
export function recordDatabase(dataDir: string, pid: number): void {
  writeFileSync(recordOf(dataDir), `${pid}\n`);
}

export function forgetDatabase(dataDir: string): void {
  rmSync(recordOf(dataDir), { force: true });
}

/**
 * Ends a database that outlived the process that started it: two processes on one file would overlook each other's
 * writes. A process that merely reuses the recorded number is left alone. The caller holds the data lock.
 * @returns true if there was one
 */
export async function endOrphan(dataDir: string, databaseFile: string): Promise<boolean> {
  const pid = recordedPid(dataDir);
  if (pid === undefined || !serves(pid, databaseFile)) return false;
  signal(pid, 'SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (serves(pid, databaseFile)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
    await sleep(10);
  }
  forgetDatabase(dataDir);
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}

function recordedPid(dataDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(recordOf(dataDir), 'utf8'));
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Tells whether a process is a database on this file. A zombie process has no arguments. */
function serves(pid: number, databaseFile: string): boolean {
  try {
    const [program = '', ...rest] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return program.endsWith('dynoxide') && rest.includes(databaseFile);
  } catch {
    return false;
  }
}
