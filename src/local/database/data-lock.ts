import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '../../errors.ts';

/** A lock of the one process that may use a data folder. The operating system frees it when the process ends. */
export interface DataLock {
  release(): void;
}

/**
 * Locks the data folder for this process and creates it if needed.
 * @throws CodedError CONFIGURATION if another process holds the lock, or the folder is not writable
 */
export function lockData(dataDir: string): DataLock {
  const file = openLockFile(dataDir);
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    file.close();
    throw new CodedError(
      'CONFIGURATION',
      `The data in ${dataDir} is in use by another running Bridgehead. Stop that one first, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  return { release: () => file.close() };
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true });
    return new DatabaseSync(join(dataDir, 'lock.sqlite'));
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `The folder ${dataDir} is not writable. Set DATA_DIR to a writable folder.`, {
      cause,
    });
  }
}
