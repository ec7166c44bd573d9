import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CodedError } from '../../errors.ts';

/** The mark of a restore that has begun and not ended. Nothing starts on a folder that has it. */
const markFile = (dataDir: string) => join(dataDir, 'restoring');

export const isBeingRestored = (dataDir: string) => existsSync(markFile(dataDir));

/** Sets the mark in one step: a process that is killed leaves no mark, or a whole one. */
export function markRestore(dataDir: string, folder: string): void {
  const made = `${markFile(dataDir)}.new`;
  writeFileSync(made, `${resolve(folder)}\n`, { flush: true });
  renameSync(made, markFile(dataDir));
}

export function unmarkRestore(dataDir: string): void {
  rmSync(markFile(dataDir));
}

/**
 * Throws where a restore into a data folder was cut short.
 * @throws CodedError CONFIGURATION
 */
export function requireRestored(dataDir: string): void {
  if (!isBeingRestored(dataDir)) return;
  const folder = readFileSync(markFile(dataDir), 'utf8').trim();
  throw new CodedError(
    'CONFIGURATION',
    `A restore into ${dataDir} was cut short: run "npm run restore -- ${folder}" again, which completes it.`,
  );
}
