import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '../errors.ts';

/** Held by the one process that may use a data folder. The operating system frees it when its holder dies. */
export interface DataLock {
  release(): void;
}

/**
 * Takes the data folder for this process, making it if need be.
 * @throws CodedError CONFIGURATION when another living process holds it.
 */
export function lockData(dataDir: string): DataLock {
  mkdirSync(dataDir, { recursive: true });
  const file = new DatabaseSync(join(dataDir, 'lock.sqlite'));
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
